// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/openssl.h"
#include "trust/chain.h"

namespace sealferry::trust {

struct Certificate::Parsed {
  X509Handle x509;  ///< its caches are filled while parsing, so that sharing it is safe
  Bytes der, sha256;
  Bytes issuerAndSerial;  ///< content of CMS's IssuerAndSerialNumber: issuer and serial as received
  Bytes publicKeyInfo;
  Bytes subjectKeyId;  ///< of the extension; empty if there is none
  std::string subject, issuer, unitName, serialNumber;
  Time notBefore = 0, notAfter = 0;
  KeyKind keyKind = KeyKind::other;
  unsigned keyBits = 0;
  std::uint32_t keyUsage = 0;
  bool isAuthority = false;
  std::vector<std::string> extendedKeyUsages;
  bool extendedKeyUsageCritical = false;
};

struct Crl::Parsed {
  Bytes der;  ///< as received; the views are of it
  ByteView toBeSigned, signature;
  ByteView entries;  ///< revokedCertificates, each of them well-formed
  NameHandle issuer;
  /// Of a complete list also the silence says something; of a delta list, or one of part of the certificates, only what
  /// it names; what nobody here understands says nothing.
  enum class Scope { complete, partial, unknown } scope = Scope::complete;
  SignatureAlgorithm algorithm = SignatureAlgorithm::sm2Sm3;
  Time thisUpdate = 0;
  std::optional<Time> nextUpdate;
};

inline X509* x509Of(const Certificate& certificate) { return certificate.parsed().x509.get(); }
inline EVP_PKEY* keyOf(const Certificate& certificate) { return X509_get0_pubkey(x509Of(certificate)); }

/// A certificate_invalid with its reason word.
inline tl::unexpected<Error> badCertificate(std::string where, std::string reason) {
  return tl::unexpected<Error>(
      Error{ErrorCode::certificate_invalid, std::move(where), 0, {}, {{"reason", std::move(reason)}}});
}

std::optional<Time> timeOf(const ASN1_TIME* time);

}  // namespace sealferry::trust
