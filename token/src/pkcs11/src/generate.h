// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "session.h"

namespace sealferry::token::pkcs11 {

/// Makes a signing key pair in the key: RSA of 2048 to 4096 bits, ECDSA on P-256, or SM2 where policy names the
/// vendor's numbers. With raw calls, because libp11 0.4.12 cannot generate EC keys and has deprecated its call for RSA.
Result<KeyPair> generate(RawSession& raw, const KeyPairRequest& request);

}  // namespace sealferry::token::pkcs11
