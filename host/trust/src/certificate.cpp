// SPDX-License-Identifier: Apache-2.0
#include "trust/certificate.h"

#include <openssl/x509v3.h>

#include <algorithm>

#include "base/digest.h"
#include "certificate_parse.h"
#include "pem.h"
#include "trust/der.h"

namespace sealferry::trust {
namespace {

constexpr std::size_t largestCertificate = 65'536;
// OpenSSL makes a hundred bytes and more of each element. Certificates have one to two hundred; those of servers with
// many names a few hundred.
constexpr std::size_t mostElements = 1000;

X509Handle decode(ByteView der) {
  const unsigned char* cursor = der.data();
  X509Handle x509(d2i_X509(nullptr, &cursor, static_cast<long>(der.size())));
  if (cursor != der.data() + der.size()) return nullptr;
  return x509;
}

}  // namespace

Result<Certificate> Certificate::fromDer(ByteView der) {
  const ErrorQueueGuard guard;
  if (der.size() > largestCertificate) return badCertificate("certificate", "tooLarge");
  if (!der::hasAtMost(der, mostElements)) return badCertificate("certificate", "malformed");
  auto parsed = std::make_shared<Parsed>();
  parsed->x509 = decode(der);
  if (!parsed->x509) return badCertificate("d2i_X509", "malformed");
  parsed->der = copyOf(der);
  parsed->sha256 = sealferry::sha256(der);
  if (!fillFromDer(*parsed)) return badCertificate("certificate", "malformed");
  if (!fillFromX509(*parsed)) return badCertificate("certificate", "publicKey");
  return Certificate(std::move(parsed));
}

const Bytes& Certificate::der() const { return parsed_->der; }
const Bytes& Certificate::sha256() const { return parsed_->sha256; }
const std::string& Certificate::subject() const { return parsed_->subject; }
const std::string& Certificate::issuer() const { return parsed_->issuer; }
const std::string& Certificate::unitName() const { return parsed_->unitName; }
const std::string& Certificate::serialNumber() const { return parsed_->serialNumber; }
Time Certificate::notBefore() const { return parsed_->notBefore; }
Time Certificate::notAfter() const { return parsed_->notAfter; }
KeyKind Certificate::keyKind() const { return parsed_->keyKind; }
unsigned Certificate::keyBits() const { return parsed_->keyBits; }
bool Certificate::isAuthority() const { return parsed_->isAuthority; }
const std::vector<std::string>& Certificate::extendedKeyUsages() const { return parsed_->extendedKeyUsages; }
const Bytes& Certificate::publicKeyInfo() const { return parsed_->publicKeyInfo; }

// Without the extension OpenSSL answers all bits set, which is what RFC 5280 §4.2.1.3 means by its absence.
bool Certificate::maySign() const { return (parsed_->keyUsage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0; }

bool Certificate::mayEncrypt() const {
  return (parsed_->keyUsage & (KU_KEY_ENCIPHERMENT | KU_DATA_ENCIPHERMENT | KU_KEY_AGREEMENT)) != 0;
}

std::string Certificate::pem() const { return toPem("CERTIFICATE", parsed_->der); }

Result<std::vector<Certificate>> readCertificates(ByteView pemOrDer) {
  const auto parts = partsOf(pemOrDer, "CERTIFICATE");
  if (parts.empty()) return badCertificate("readCertificates", "malformed");
  std::vector<Certificate> out;
  for (const auto& part : parts) {
    auto certificate = Certificate::fromDer(part);
    if (!certificate) return passOn(certificate);
    out.push_back(*std::move(certificate));
  }
  return out;
}

SignatureAlgorithm usualAlgorithm(const Certificate& certificate) {
  switch (certificate.keyKind()) {
    case KeyKind::sm2:
      return SignatureAlgorithm::sm2Sm3;
    case KeyKind::ecdsa:
      break;
    case KeyKind::rsa:
    case KeyKind::other:
      return SignatureAlgorithm::rsaSha256;
  }
  if (certificate.keyBits() > 384) return SignatureAlgorithm::ecdsaSha512;
  return certificate.keyBits() > 256 ? SignatureAlgorithm::ecdsaSha384 : SignatureAlgorithm::ecdsaSha256;
}

}  // namespace sealferry::trust
