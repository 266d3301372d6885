// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "trust/certificate.h"
#include "trust/der.h"

namespace sealferry::trust::cms {

/// What the signed attributes of one SignerInfo say.
struct SignedAttributes {
  std::string contentType;
  Bytes messageDigest;
  std::optional<Time> signingTime;
  std::optional<Bytes> certificateHash;  ///< of the first certificate an ESS attribute names
  DigestAlgorithm certificateHashAlgorithm = DigestAlgorithm::sha256;
};

/// RFC 5652 §5.3, §11: each attribute at most once, of one value; contentType and messageDigest must be there.
std::optional<SignedAttributes> readSignedAttributes(ByteView content);

/// Values of the unsigned attribute that carries time stamp tokens.
std::vector<Bytes> readTimestampTokens(ByteView content);

/// False if an ESS attribute names another certificate. True where there is none.
bool fitsCertificate(const SignedAttributes& attributes, const Certificate& signer);

}  // namespace sealferry::trust::cms
