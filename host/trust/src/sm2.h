// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "base/bytes.h"
#include "base/openssl.h"

namespace sealferry::trust {

/// Z of GB/T 32918.2 §5.5 for this public key and the usual user id: SM3 over the id's bit length, the id, the curve
/// and the key.
std::optional<Bytes> sm2Z(const EVP_PKEY* key);

}  // namespace sealferry::trust
