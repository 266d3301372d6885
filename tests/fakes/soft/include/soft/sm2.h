// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soft/key.h"

namespace sealferry::soft {

/// e = SM3(Z ‖ M) with the user ID 1234567812345678 (GM/T 0009-2012 §8): what an SM2 key signs.
Bytes sm2Digest(ByteView publicKeyInfo, ByteView message);
/// Whether OpenSSL, given the message and the same user ID, accepts the DER signature.
bool sm2Verifies(ByteView publicKeyInfo, ByteView message, ByteView signature);
/// An SM2 key pair closed for the holder of a signing key: SM2EnvelopedKey (GM/T 0009-2012 §7.4) in DER.
Bytes envelope(const Key& key, ByteView signingPublicKeyInfo);

}  // namespace sealferry::soft
