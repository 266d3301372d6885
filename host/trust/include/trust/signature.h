// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>

#include "trust/certificate.h"

namespace sealferry::trust {

/// Does the signature hold over exactly these bytes? Any failure, a malformed value or key included, is false.
bool verifySignature(const Certificate& certificate, SignatureAlgorithm algorithm, ByteView message,
                     ByteView signature);
/// The message in pieces, so that nobody has to put a large one together.
bool verifySignature(const Certificate& certificate, SignatureAlgorithm algorithm, std::span<const ByteView> message,
                     ByteView signature);

/// What a key is handed to sign this message: the message's digest, or for SM2 e = SM3(Z ‖ message) with Z of this
/// certificate's public key and the usual user id. certificate_invalid (reason keyKind) if key and algorithm differ.
Result<Bytes> digestToSign(const Certificate& certificate, SignatureAlgorithm algorithm, ByteView message);

}  // namespace sealferry::trust
