// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <vector>

#include "trust/certificate.h"

namespace sealferry::trust {

/// A successful OCSP response (RFC 6960) as it was handed in: nothing is fetched. Its signature is checked when it is
/// used, with the key of the certificate's issuer, or of a responder that this issuer named (extended key usage
/// OCSPSigning).
class OcspResponse {
 public:
  struct Parsed;  ///< private to host/trust
  /// At most 64 KiB, 32 answers, 4 certificates; nothing after the end. Else certificate_invalid with detail reason:
  /// tooLarge, malformed, notSuccessful (a responder's error), unknownAlgorithm, criticalExtension.
  static Result<OcspResponse> fromDer(ByteView der);
  const Parsed& parsed() const { return *parsed_; }

 private:
  explicit OcspResponse(std::shared_ptr<const Parsed> parsed) : parsed_(std::move(parsed)) {}
  std::shared_ptr<const Parsed> parsed_;
};

/// Every response of a PEM text ("OCSP RESPONSE"), or the one of a DER file.
Result<std::vector<OcspResponse>> readOcspResponses(ByteView pemOrDer);

}  // namespace sealferry::trust
