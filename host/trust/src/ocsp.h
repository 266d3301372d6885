// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "crl.h"
#include "trust/ocsp.h"

namespace sealferry::trust {

/// What a response says of one certificate.
struct OcspAnswer {
  enum class Status { good, revoked, unknown } status = Status::unknown;
  DigestAlgorithm digest = DigestAlgorithm::sha1;  ///< of the two digests; names the issuer, protects nothing
  Bytes issuerName, issuerKey;                     ///< digests of the issuer's name and public key
  Bytes serial;                                    ///< content of the INTEGER
  Time revokedAt = 0, thisUpdate = 0;
  std::optional<Time> nextUpdate;
};

struct OcspResponse::Parsed {
  Bytes toBeSigned;  ///< ResponseData as received
  Bytes signature;
  SignatureAlgorithm algorithm = SignatureAlgorithm::sm2Sm3;
  Time producedAt = 0;
  std::vector<OcspAnswer> answers;
  std::vector<Certificate> certificates;  ///< candidates for the responder
};

/// What the responses say of the certificate that `issuer` issued. `crls` may have revoked a responder.
Revocation askResponses(const Certificate& certificate, const Certificate& issuer,
                        std::span<const OcspResponse> responses, std::span<const Crl> crls, Time at);

}  // namespace sealferry::trust
