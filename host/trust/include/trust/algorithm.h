// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace sealferry::trust {

/// What kind of public key a certificate holds. Names on the wire: "rsa", "ecdsa", "sm2", "other".
enum class KeyKind { rsa, ecdsa, sm2, other };
std::string_view nameOf(KeyKind kind);

/// Digests that occur in signatures. sha1 is read in old documents, never made, and always reported as weak.
enum class DigestAlgorithm { sha1, sha256, sha384, sha512, sm3 };
std::string_view nameOf(DigestAlgorithm digest);
Bytes digestOf(DigestAlgorithm digest, ByteView data);
std::size_t digestSize(DigestAlgorithm digest);

/// A signature scheme with its digest. RSA without "Pss" is PKCS#1 v1.5; PSS uses MGF1 with the same digest and a salt
/// as long as the digest. ECDSA and SM2 values are DER SEQUENCE{r,s}. SM2 is always SM2-with-SM3 (GB/T 32918) under the
/// user id 1234567812345678. rsaSha1 is for reading old documents only.
enum class SignatureAlgorithm {
  rsaSha1,
  rsaSha256,
  rsaSha384,
  rsaSha512,
  rsaPssSha256,
  rsaPssSha384,
  rsaPssSha512,
  ecdsaSha256,
  ecdsaSha384,
  ecdsaSha512,
  sm2Sm3
};
std::string_view nameOf(SignatureAlgorithm algorithm);
DigestAlgorithm digestIn(SignatureAlgorithm algorithm);
KeyKind keyKindFor(SignatureAlgorithm algorithm);

/// The SM2 user id that GM/T 0009 fixes where nothing else is agreed.
inline constexpr std::string_view sm2UserId = "1234567812345678";

}  // namespace sealferry::trust
