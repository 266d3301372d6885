// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "trust/algorithm.h"
#include "trust/der.h"

namespace sealferry::trust {

/// AlgorithmIdentifier of a digest; parameters absent or NULL.
std::optional<DigestAlgorithm> readDigestAlgorithm(const der::Element& identifier);
Bytes encodeDigestAlgorithm(DigestAlgorithm digest);

/// AlgorithmIdentifier of a signature. Where it names the key's kind alone, the digest told beside it decides. PSS: its
/// parameters (RFC 4055 §3.1) must name one digest for both the message and the mask.
std::optional<SignatureAlgorithm> readSignatureAlgorithm(const der::Element& identifier,
                                                         std::optional<DigestAlgorithm> beside);
/// As CMS writers put it into a SignerInfo.
Bytes encodeSignatureAlgorithm(SignatureAlgorithm algorithm);

}  // namespace sealferry::trust
