// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/result.h"
#include "trust/algorithm.h"

namespace sealferry::trust {

/// A PKCS#10 request (RFC 2986) that lacks only the signature of the key it is for. Two-phase, as cms::Draft is.
class RequestDraft {
 public:
  const Bytes& digest() const { return digest_; }  ///< what the key is handed
  SignatureAlgorithm algorithm() const { return algorithm_; }
  /// PEM. certificate_invalid with reason keyMismatch if the value does not verify with the request's own key.
  Result<std::string> finish(ByteView signature) const;

 private:
  friend Result<RequestDraft> prepareRequest(ByteView publicKeyInfo, const std::string& commonName);
  RequestDraft(Bytes info, Bytes publicKeyInfo, Bytes digest, SignatureAlgorithm algorithm)
      : info_(std::move(info)),
        publicKeyInfo_(std::move(publicKeyInfo)),
        digest_(std::move(digest)),
        algorithm_(algorithm) {}
  Bytes info_, publicKeyInfo_, digest_;
  SignatureAlgorithm algorithm_;
};

/// `publicKeyInfo` is DER SubjectPublicKeyInfo; the subject is CN=commonName (the CA writes its own into the
/// certificate). RSA with SHA-256, ECDSA with SHA-256, SM2 with SM3 under the usual user id.
Result<RequestDraft> prepareRequest(ByteView publicKeyInfo, const std::string& commonName);

}  // namespace sealferry::trust
