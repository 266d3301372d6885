// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "session.h"

namespace sealferry::token::pkcs11 {

/// Those whose private key can be seen; before a login, when most tokens hide private keys, those with a public key.
/// With raw calls: libp11 0.4.12 lists what is gone, and crashes if the key is pulled while it looks.
Result<std::vector<KeyPair>> listKeyPairs(RawSession& raw);

}  // namespace sealferry::token::pkcs11
