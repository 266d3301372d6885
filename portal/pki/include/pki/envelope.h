// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "pki/key.h"

namespace sealferry::pki {

/// An SM2 encryption key, which the CA's key management makes, closed for the holder of the signing key alone:
/// SM2EnvelopedKey (GM/T 0009-2012 §7.4, GB/T 35276) in DER. The private number is encrypted with a fresh SM4 key in
/// ECB, that key with SM2 for `signingPublicKeyInfo` (DER SubjectPublicKeyInfo). bad_request with detail field if
/// either key is not an SM2 key.
Result<Bytes> envelope(const PrivateKey& encryptionKey, ByteView signingPublicKeyInfo);

}  // namespace sealferry::pki
