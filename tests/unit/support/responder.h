// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "pki.h"

namespace sealferry::test {

/// What a response says; written here from RFC 6960, signed with any kind of key.
struct Answer {
  trust::Certificate certificate;  ///< asked about
  trust::Certificate issuer;       ///< of it
  enum class Status { good, revoked, unknown } status = Status::good;
  Time revokedAt = 0, thisUpdate = now - 60;
  std::optional<Time> nextUpdate = now + day;
  trust::DigestAlgorithm digest = trust::DigestAlgorithm::sha1;
};

struct Responder {
  Key key;
  trust::Certificate certificate;  ///< put into the response, unless it is an authority
  bool criticalExtension = false;
  Bytes response(const std::vector<Answer>& answers) const;
};

/// A responder that `issuer` (named "Test Root") names.
Responder namedResponder(const Key& issuer, Key own,
                         const CertificateFields& fields = {
                             .subject = "Responder", .serial = 77, .extendedKeyUsage = "OCSPSigning"});

}  // namespace sealferry::test
