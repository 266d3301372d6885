// SPDX-License-Identifier: Apache-2.0
#include "soft/certificate.h"

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace sealferry::soft {
namespace {

void setName(X509_NAME* name, const std::string& commonName) {
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(commonName.data()),
                             static_cast<int>(commonName.size()), -1, 0);
}

void addExtension(X509* certificate, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

void setPublicKey(X509* certificate, ByteView publicKeyInfo) {
  const auto* at = publicKeyInfo.data();
  EVP_PKEY* key = d2i_PUBKEY(nullptr, &at, static_cast<long>(publicKeyInfo.size()));
  X509_set_pubkey(certificate, key);
  EVP_PKEY_free(key);
}

const char* usageText(token::KeyUse use) {
  return use == token::KeyUse::signing ? "critical,digitalSignature,nonRepudiation"
                                       : "critical,keyEncipherment,dataEncipherment";
}

}  // namespace

Bytes makeCertificate(ByteView publicKeyInfo, const CertificateRequest& request) {
  static const Key issuer = Key::makeP256();
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), request.serialNumber);
  X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 86400L * request.days);
  setName(X509_get_subject_name(certificate), request.commonName);
  setName(X509_get_issuer_name(certificate), "SealFerry test issuer");
  setPublicKey(certificate, publicKeyInfo);
  addExtension(certificate, NID_basic_constraints, request.authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
  addExtension(certificate, NID_key_usage, usageText(request.use));
  X509_sign(certificate, issuer.handle(), EVP_sha256());
  unsigned char* der = nullptr;
  const int size = i2d_X509(certificate, &der);
  Bytes bytes(der, der + size);
  OPENSSL_free(der);
  X509_free(certificate);
  return bytes;
}

}  // namespace sealferry::soft
