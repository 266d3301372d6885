// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/bytes.h"
#include "token/types.h"

namespace sealferry::token::pkcs11 {

/// SubjectPublicKeyInfo (RFC 5280 §4.1.2.7, RFC 3279 §2.3.1) from CKA_MODULUS and CKA_PUBLIC_EXPONENT.
Bytes rsaPublicKeyInfo(ByteView modulus, ByteView exponent);
/// The same (RFC 5480) from CKA_EC_PARAMS and CKA_EC_POINT; the point may or may not be wrapped in an OCTET STRING,
/// since drivers differ. Empty if it is neither.
Bytes ecPublicKeyInfo(ByteView parameters, ByteView point);

struct PublicKeyFacts {
  KeyAlgorithm algorithm = KeyAlgorithm::rsa;
  unsigned bits = 0;
};
/// bits 0 if it is not a key we know.
PublicKeyFacts publicKeyFacts(ByteView publicKeyInfo);

/// Dss-Sig-Value SEQUENCE{r,s} (RFC 3279 §2.2.3) from the r‖s that C_Sign answers. Empty if that is no such pair.
Bytes ecdsaSignature(ByteView rs);

/// DigestInfo (RFC 8017 §9.2) around a SHA-256, SHA-384 or SHA-512, told apart by length. Empty for another length.
Bytes digestInfo(ByteView digest);

/// DER of the OBJECT IDENTIFIER of a curve, as CKA_EC_PARAMS wants it.
extern const Bytes curveP256, curveSm2;

}  // namespace sealferry::token::pkcs11
