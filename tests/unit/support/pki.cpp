// SPDX-License-Identifier: Apache-2.0
#include "pki.h"

#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <stdexcept>

namespace sealferry::test {
namespace {

void require(bool done, const char* what) {
  if (!done) throw std::runtime_error(what);
}

template <class T>
using Owner = std::unique_ptr<T, void (*)(T*)>;

void setName(X509_NAME* name, const std::string& organisation) {
  const auto* text = reinterpret_cast<const unsigned char*>(organisation.c_str());
  require(X509_NAME_add_entry_by_NID(name, NID_organizationName, MBSTRING_UTF8, text, -1, -1, 0) == 1, "name");
}

void add(X509* certificate, X509* issuer, int nid, const std::string& value) {
  if (value.empty()) return;
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Owner<X509_EXTENSION> extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()),
                                        X509_EXTENSION_free);
  require(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1, "extension");
}

void addUnknownCritical(X509* certificate, const std::string& oid) {
  if (oid.empty()) return;
  const Owner<ASN1_OBJECT> object(OBJ_txt2obj(oid.c_str(), 1), ASN1_OBJECT_free);
  const Owner<ASN1_OCTET_STRING> value(ASN1_OCTET_STRING_new(), ASN1_OCTET_STRING_free);
  const Owner<X509_EXTENSION> extension(X509_EXTENSION_create_by_OBJ(nullptr, object.get(), 1, value.get()),
                                        X509_EXTENSION_free);
  require(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1, "extension");
}

/// A context that signs as the issuer's key does; SM2 under the usual user id.
struct Signing {
  Owner<EVP_MD_CTX> digest{EVP_MD_CTX_new(), EVP_MD_CTX_free};
  Owner<EVP_PKEY_CTX> key{nullptr, EVP_PKEY_CTX_free};
  explicit Signing(const Key& issuer) {
    if (issuer.isSm2()) {
      key.reset(EVP_PKEY_CTX_new(issuer.get(), nullptr));
      require(EVP_PKEY_CTX_set1_id(key.get(), trust::sm2UserId.data(), 16) == 1, "id");
      EVP_MD_CTX_set_pkey_ctx(digest.get(), key.get());
    }
    const EVP_MD* md = issuer.isSm2() ? EVP_sm3() : EVP_sha256();
    require(EVP_DigestSignInit(digest.get(), nullptr, md, nullptr, issuer.get()) == 1, "init");
  }
};

template <auto encode, class T>
Bytes encoded(T* object) {
  unsigned char* out = nullptr;
  const int size = encode(object, &out);
  require(size > 0, "encode");
  Bytes bytes(out, out + size);
  OPENSSL_free(out);
  return bytes;
}

}  // namespace

Key Key::rsa(unsigned bits) { return Key(EVP_RSA_gen(bits)); }
Key Key::ec(const char* group) { return Key(EVP_EC_gen(group)); }
Key Key::sm2() { return Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2")); }

Bytes Key::sign(trust::SignatureAlgorithm algorithm, ByteView digest) const {
  const Owner<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new(get(), nullptr), EVP_PKEY_CTX_free);
  require(EVP_PKEY_sign_init(context.get()) == 1, "sign_init");
  const auto name = std::string(trust::nameOf(trust::digestIn(algorithm)));
  if (trust::keyKindFor(algorithm) == trust::KeyKind::rsa) {
    const bool pss = trust::nameOf(algorithm).find("pss") != std::string_view::npos;
    EVP_PKEY_CTX_set_rsa_padding(context.get(), pss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING);
    require(EVP_PKEY_CTX_set_signature_md(context.get(), EVP_get_digestbyname(name.c_str())) == 1, "md");
    if (pss) EVP_PKEY_CTX_set_rsa_pss_saltlen(context.get(), RSA_PSS_SALTLEN_DIGEST);
  }
  Bytes out(1024);
  std::size_t size = out.size();
  require(EVP_PKEY_sign(context.get(), out.data(), &size, digest.data(), digest.size()) == 1, "sign");
  out.resize(size);
  return out;
}

std::string Key::publicPem() const {
  const Owner<BIO> bio(BIO_new(BIO_s_mem()), BIO_free_all);
  require(PEM_write_bio_PUBKEY(bio.get(), get()) == 1, "pem");
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

trust::Certificate certify(const Key& subject, const Key& issuer, const CertificateFields& fields) {
  const Owner<X509> x509(X509_new(), X509_free);
  X509_set_version(x509.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), fields.serial);
  ASN1_TIME_set(X509_getm_notBefore(x509.get()), fields.notBefore);
  ASN1_TIME_set(X509_getm_notAfter(x509.get()), fields.notAfter);
  setName(X509_get_subject_name(x509.get()), fields.subject);
  setName(X509_get_issuer_name(x509.get()), fields.issuer);
  X509_set_pubkey(x509.get(), subject.get());
  add(x509.get(), nullptr, NID_basic_constraints, fields.authority ? "critical,CA:TRUE" : "CA:FALSE");
  add(x509.get(), nullptr, NID_key_usage, fields.keyUsage);
  add(x509.get(), nullptr, NID_ext_key_usage, fields.extendedKeyUsage);
  addUnknownCritical(x509.get(), fields.criticalExtra);
  const Signing signing(issuer);
  require(X509_sign_ctx(x509.get(), signing.digest.get()) > 0, "X509_sign");
  return trust::Certificate::fromDer(encoded<i2d_X509>(x509.get())).value();
}

trust::Certificate selfSigned(const Key& key, const std::string& name) {
  return certify(key, key,
                 {.subject = name, .issuer = name, .authority = true, .keyUsage = "critical,keyCertSign,cRLSign"});
}

Bytes makeCrl(const Key& issuer, const std::string& issuerName, const std::vector<Entry>& entries, Time nextUpdate) {
  const Owner<X509_CRL> crl(X509_CRL_new(), X509_CRL_free);
  X509_CRL_set_version(crl.get(), X509_CRL_VERSION_2);
  const Owner<X509_NAME> name(X509_NAME_new(), X509_NAME_free);
  setName(name.get(), issuerName);
  X509_CRL_set_issuer_name(crl.get(), name.get());
  const Owner<ASN1_TIME> from(ASN1_TIME_set(nullptr, now - day), ASN1_STRING_free);
  const Owner<ASN1_TIME> until(ASN1_TIME_set(nullptr, nextUpdate), ASN1_STRING_free);
  X509_CRL_set1_lastUpdate(crl.get(), from.get());
  X509_CRL_set1_nextUpdate(crl.get(), until.get());
  for (const auto& entry : entries) {
    X509_REVOKED* revoked = X509_REVOKED_new();
    const Owner<ASN1_INTEGER> serial(ASN1_INTEGER_new(), ASN1_INTEGER_free);
    ASN1_INTEGER_set(serial.get(), entry.serial);
    X509_REVOKED_set_serialNumber(revoked, serial.get());
    const Owner<ASN1_TIME> when(ASN1_TIME_set(nullptr, entry.revoked), ASN1_STRING_free);
    X509_REVOKED_set_revocationDate(revoked, when.get());
    X509_CRL_add0_revoked(crl.get(), revoked);
  }
  const Signing signing(issuer);
  require(X509_CRL_sign_ctx(crl.get(), signing.digest.get()) > 0, "X509_CRL_sign");
  return encoded<i2d_X509_CRL>(crl.get());
}

Bytes complete(const trust::cms::Draft& draft, const Key& key) {
  return draft.finish(key.sign(draft.algorithm(), draft.digest())).value();
}

}  // namespace sealferry::test
