// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "trust/algorithm.h"

namespace sealferry::trust {

/// An X.509 certificate, parsed once and then immutable; copies share it. The DER is kept as received.
class Certificate {
 public:
  /// Strict: DER, nothing after the end, at most 64 KiB, a public key that can be read. Else certificate_invalid with
  /// detail reason: tooLarge, malformed, publicKey.
  static Result<Certificate> fromDer(ByteView der);

  const Bytes& der() const;
  const Bytes& sha256() const;         ///< of the DER; what work orders and receipts name a certificate by
  const std::string& subject() const;  ///< RFC 2253, UTF-8 not escaped
  const std::string& issuer() const;   ///< likewise
  const std::string& unitName()
      const;  ///< the subject's O, else its CN, else empty; UTF-8; may hold anything: escape it
  const std::string& serialNumber() const;  ///< lower-case hexadecimal, without leading zeroes
  Time notBefore() const;
  Time notAfter() const;
  KeyKind keyKind() const;
  unsigned keyBits() const;
  bool maySign() const;     ///< digitalSignature or nonRepudiation, or no key usage at all
  bool mayEncrypt() const;  ///< keyEncipherment, dataEncipherment or keyAgreement, or no key usage at all
  bool isAuthority() const;
  const std::vector<std::string>& extendedKeyUsages() const;  ///< dotted numbers
  const Bytes& publicKeyInfo() const;                         ///< DER SubjectPublicKeyInfo, as received
  std::string pem() const;

  friend bool operator==(const Certificate& left, const Certificate& right) { return left.der() == right.der(); }

  struct Parsed;  ///< private to host/trust
  const Parsed& parsed() const { return *parsed_; }

 private:
  explicit Certificate(std::shared_ptr<const Parsed> parsed) : parsed_(std::move(parsed)) {}
  std::shared_ptr<const Parsed> parsed_;
};

/// Every certificate of a PEM text, or the one of a DER file. certificate_invalid if there is none or one is bad.
Result<std::vector<Certificate>> readCertificates(ByteView pemOrDer);

/// The algorithm a key of this certificate signs with when nothing else was asked: RSA with SHA-256, ECDSA with the
/// digest of the curve's size, SM2 with SM3.
SignatureAlgorithm usualAlgorithm(const Certificate& certificate);

}  // namespace sealferry::trust
