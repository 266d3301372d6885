// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/bytes.h"
#include "skf_layout/blobs.h"

namespace sealferry::token::skf {

/// DER SubjectPublicKeyInfo; empty if the numbers make no key.
Bytes publicKeyInfo(const sealferry::skf::EccPublicKey& key);
Bytes publicKeyInfo(const sealferry::skf::RsaPublicKey& key);
/// SM2Signature SEQUENCE{r,s} (GM/T 0009-2012 §7.3) from r‖s of 64 bytes.
Bytes signatureDer(ByteView rs);
/// DigestInfo (RFC 8017 §9.2) around a SHA-256, SHA-384 or SHA-512, told apart by length. Empty for another length.
Bytes digestInfo(ByteView digest);
/// The first element alone; empty if there is none. What does not end (X.690 §8.1) stays as it is.
Bytes firstElement(ByteView der);

}  // namespace sealferry::token::skf
