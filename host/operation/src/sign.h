// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "holding.h"
#include "trust/cms.h"

namespace sealferry::operation {

token::SignatureScheme schemeFor(trust::SignatureAlgorithm algorithm);

/// Has the key sign a prepared message and finishes it; the session must be logged in.
Result<Bytes> signWith(token::Session& session, const HeldCertificate& signer, const trust::cms::Draft& draft);

}  // namespace sealferry::operation
