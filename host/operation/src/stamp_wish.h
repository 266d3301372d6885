// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "document/stamp.h"
#include "trust/certificate.h"
#include "wire/messages.h"

namespace sealferry::operation {

/// Where the caller wants stamps, put into the engine's request.
void placeAsAsked(document::StampRequest& to, const wire::StampDocument& request);

/// The algorithm asked for, else the key's usual one. bad_request (field digest or padding) where the key's kind has no
/// such choice: SM2 signs with SM3 alone, and only RSA is padded.
Result<trust::SignatureAlgorithm> algorithmAsked(const trust::Certificate& signer, const wire::StampDocument& request);

}  // namespace sealferry::operation
