// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "skf_layout/blobs.h"

namespace sealferry::skf {

/// An encryption key on its way into a container: SM4 key enciphered to the container's signing key, private key
/// enciphered with that (GM/T 0016-2012 §6.4.10 ENVELOPEDKEYBLOB; GM/T 0009-2012 §7.4 SM2EnvelopedKey).
struct EnvelopedKey {
  std::uint64_t symmetric = 0x401;  ///< SGD_SM4_ECB
  Bytes privateKey;                 ///< 64 bytes as in cbEncryptedPriKey
  EccPublicKey publicKey;
  Bytes x, y, hash, cipher;  ///< the SM2 cipher text (C1, C3, C2): 32, 32, 32 and the length of the SM4 key
};

Bytes encode(const Layout& layout, const EnvelopedKey& key);
std::optional<EnvelopedKey> decodeEnvelope(const Layout& layout, ByteView blob);

/// What a CA sends: DER SM2EnvelopedKey, or an ENVELOPEDKEYBLOB with 32-bit numbers and without padding. Nothing if it
/// is neither, exactly.
std::optional<EnvelopedKey> parseEnvelope(ByteView sent);

}  // namespace sealferry::skf
