// SPDX-License-Identifier: Apache-2.0
#include "store/certificate.h"

#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

namespace sealferry::token::store {
namespace {

struct Free {
  void operator()(X509* certificate) const { X509_free(certificate); }
};

std::unique_ptr<X509, Free> parse(ByteView der) {
  const auto* at = der.data();
  std::unique_ptr<X509, Free> certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  if (certificate && at != der.data() + der.size()) certificate.reset();
  return certificate;
}

/// RFC 5280 §4.2.1.3: a certificate without the extension may be used for anything.
KeyUse useOf(X509* certificate) {
  const auto usage = X509_get_key_usage(certificate);
  const bool signs = (usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0;
  const bool encrypts = (usage & (KU_KEY_ENCIPHERMENT | KU_DATA_ENCIPHERMENT | KU_KEY_AGREEMENT)) != 0;
  return encrypts && !signs ? KeyUse::encryption : KeyUse::signing;
}

Bytes publicKeyInfo(X509* certificate) {
  unsigned char* der = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
  if (size <= 0) return {};
  Bytes bytes(der, der + size);
  OPENSSL_free(der);
  return bytes;
}

}  // namespace

std::optional<CertificateFacts> certificateFacts(ByteView der) {
  constexpr std::size_t mostBytes = 64U << 10;
  if (der.empty() || der.size() > mostBytes) return std::nullopt;
  const auto certificate = parse(der);
  if (!certificate) return std::nullopt;
  const bool authority = (X509_get_extension_flags(certificate.get()) & EXFLAG_CA) != 0;
  CertificateFacts facts{useOf(certificate.get()), authority, publicKeyInfo(certificate.get())};
  if (facts.publicKeyInfo.empty()) return std::nullopt;
  return facts;
}

}  // namespace sealferry::token::store
