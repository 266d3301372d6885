// SPDX-License-Identifier: Apache-2.0
#include "pki/issue.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>

#include <vector>

#include "base/digest.h"
#include "base/openssl.h"
#include "order/work_order.h"
#include "refuse.h"
#include "signing_context.h"

namespace sealferry::pki {
namespace {

constexpr std::size_t longestName = 192;

struct Extension {
  int nid;
  std::string value;
};

/// As CAs of the field write them; the two key identifiers help path building where roots share a name.
std::vector<Extension> extensionsOf(Profile profile) {
  const auto leaf = [](std::string usage) {
    return std::vector<Extension>{{NID_basic_constraints, "CA:FALSE"}, {NID_key_usage, std::move(usage)}};
  };
  auto out = leaf("critical,digitalSignature,nonRepudiation");
  if (profile == Profile::authority)
    out = {{NID_basic_constraints, "critical,CA:TRUE"}, {NID_key_usage, "critical,keyCertSign,cRLSign"}};
  if (profile == Profile::encryption) out = leaf("critical,keyEncipherment,dataEncipherment");
  if (profile == Profile::orderSigner)
    out.push_back({NID_ext_key_usage, "critical," + std::string(order::signerUsage)});
  if (profile == Profile::timeAuthority) out.push_back({NID_ext_key_usage, "critical,timeStamping"});
  out.push_back({NID_subject_key_identifier, "hash"});
  out.push_back({NID_authority_key_identifier, "keyid"});
  return out;
}

bool addEntry(X509_NAME* name, int nid, const std::string& text) {
  if (text.empty()) return true;
  if (text.size() > longestName) return false;
  const auto bytes = viewOf(text);
  return X509_NAME_add_entry_by_NID(name, nid, MBSTRING_UTF8, bytes.data(), static_cast<int>(bytes.size()), -1, 0) == 1;
}

/// A name that could not be told from an empty one is none.
bool setSubject(X509_NAME* name, const Subject& subject) {
  if (subject.unit.empty() && subject.name.empty()) return false;
  return addEntry(name, NID_countryName, "CN") && addEntry(name, NID_organizationName, subject.unit) &&
         addEntry(name, NID_organizationalUnitName, subject.creditCode) && addEntry(name, NID_commonName, subject.name);
}

bool setSerial(X509* x509) {
  const auto random = randomBytes(15);
  const Handle<BIGNUM, BN_free> number(BN_bin2bn(random.data(), static_cast<int>(random.size()), nullptr));
  return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(x509)) != nullptr;
}

bool addExtension(X509* x509, X509* issuer, const Extension& extension) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, x509, nullptr, nullptr, 0);
  const Handle<X509_EXTENSION, X509_EXTENSION_free> made(
      X509V3_EXT_conf_nid(nullptr, &context, extension.nid, extension.value.c_str()));
  return made && X509_add_ext(x509, made.get(), -1) == 1;
}

KeyHandle readPublicKey(ByteView publicKeyInfo) {
  const unsigned char* cursor = publicKeyInfo.data();
  KeyHandle key(d2i_PUBKEY(nullptr, &cursor, static_cast<long>(publicKeyInfo.size())));
  if (cursor != publicKeyInfo.data() + publicKeyInfo.size()) return nullptr;
  return key;
}

X509Handle readX509(const trust::Certificate& certificate) {
  const unsigned char* cursor = certificate.der().data();
  return X509Handle(d2i_X509(nullptr, &cursor, static_cast<long>(certificate.der().size())));
}

/// A certificate with everything but names, extensions and signature.
Result<X509Handle> begun(ByteView publicKeyInfo, Time notBefore, Time notAfter) {
  X509Handle x509(X509_new());
  const auto key = readPublicKey(publicKeyInfo);
  if (!x509 || !key) return badField("issue", "publicKey");
  const bool done = X509_set_version(x509.get(), X509_VERSION_3) == 1 && setSerial(x509.get()) &&
                    ASN1_TIME_set(X509_getm_notBefore(x509.get()), notBefore) != nullptr &&
                    ASN1_TIME_set(X509_getm_notAfter(x509.get()), notAfter) != nullptr &&
                    X509_set_pubkey(x509.get(), key.get()) == 1;
  if (!done || notBefore >= notAfter) return badField("issue", "notAfter");
  return x509;
}

Result<trust::Certificate> signedBy(const PrivateKey& key, X509* x509) {
  const SigningContext signing(key);
  if (signing.get() == nullptr || X509_sign_ctx(x509, signing.get()) <= 0)
    return fail(ErrorCode::internal, "X509_sign_ctx");
  return trust::Certificate::fromDer(encoded<i2d_X509>(x509));
}

Result<trust::Certificate> made(const PrivateKey& key, X509* issuer, const CertificateOrder& order) {
  const ErrorQueueGuard guard;
  auto x509 = begun(order.publicKeyInfo, order.notBefore, order.notAfter);
  if (!x509) return passOn(x509);
  if (!setSubject(X509_get_subject_name(x509->get()), order.subject)) return badField("issue", "subject");
  X509* above = issuer != nullptr ? issuer : x509->get();
  X509_set_issuer_name(x509->get(), X509_get_subject_name(above));
  for (const auto& extension : extensionsOf(order.profile))
    if (!addExtension(x509->get(), above, extension)) return fail(ErrorCode::internal, "X509V3_EXT_conf_nid");
  return signedBy(key, x509->get());
}

bool copyExtensions(X509* from, X509* to) {
  for (int i = 0; i < X509_get_ext_count(from); ++i)
    if (X509_add_ext(to, X509_get_ext(from, i), -1) != 1) return false;
  return true;
}

bool isIssuedBy(X509* x509, X509* issuer, const Authority& authority) {
  const trust::Anchors anchors{{authority.certificate}, {}};
  const auto der = trust::Certificate::fromDer(encoded<i2d_X509>(x509));
  if (!der || X509_NAME_cmp(X509_get_issuer_name(x509), X509_get_subject_name(issuer)) != 0) return false;
  // At a time when both were good: a certificate may be dated back before its issuer's own.
  const auto at = std::max(der->notBefore(), authority.certificate.notBefore());
  return trust::checkChain(*der, {}, anchors, at, {.use = trust::Purpose::Use::any}).trusted;
}

}  // namespace

Result<Authority> makeRoot(KeyType type, const Subject& subject, Time notBefore, Time notAfter) {
  auto key = PrivateKey::generate(type);
  if (!key) return passOn(key);
  auto certificate = made(*key, nullptr, {Profile::authority, subject, key->publicKeyInfo(), notBefore, notAfter});
  if (!certificate) return passOn(certificate);
  return Authority{*std::move(key), *std::move(certificate)};
}

Result<trust::Certificate> issue(const Authority& authority, const CertificateOrder& order) {
  const auto issuer = readX509(authority.certificate);
  return made(authority.key, issuer.get(), order);
}

Result<trust::Certificate> renew(const Authority& authority, const trust::Certificate& old, Time notBefore,
                                 Time notAfter) {
  const ErrorQueueGuard guard;
  const auto issuer = readX509(authority.certificate);
  const auto before = readX509(old);
  if (!issuer || !before || !isIssuedBy(before.get(), issuer.get(), authority))
    return tl::unexpected<Error>(Error{ErrorCode::certificate_invalid, "renew", 0, {}, {{"reason", "foreign"}}});
  auto x509 = begun(old.publicKeyInfo(), notBefore, notAfter);
  if (!x509) return passOn(x509);
  X509_set_subject_name(x509->get(), X509_get_subject_name(before.get()));
  X509_set_issuer_name(x509->get(), X509_get_subject_name(issuer.get()));
  if (!copyExtensions(before.get(), x509->get())) return fail(ErrorCode::internal, "X509_add_ext");
  return signedBy(authority.key, x509->get());
}

}  // namespace sealferry::pki
