// SPDX-License-Identifier: Apache-2.0
#include "certificate_parse.h"

#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include "trust/der.h"

namespace sealferry::trust {
namespace {

std::string printedName(const X509_NAME* name) {
  const BioHandle out(BIO_new(BIO_s_mem()));
  constexpr unsigned long flags = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  if (!out || X509_NAME_print_ex(out.get(), name, 0, flags) < 0) return {};
  char* text = nullptr;
  const long length = BIO_get_mem_data(out.get(), &text);
  return length > 0 ? std::string(text, static_cast<std::size_t>(length)) : std::string{};
}

std::string nameEntry(const X509_NAME* name, int nid) {
  const int index = X509_NAME_get_index_by_NID(name, nid, -1);
  if (index < 0) return {};
  unsigned char* text = nullptr;
  const int length = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index)));
  if (length < 0) return {};
  std::string copy(text, text + length);
  OPENSSL_free(text);
  return copy;
}

std::string serialText(const ASN1_INTEGER* serial) {
  const BnHandle number(ASN1_INTEGER_to_BN(serial, nullptr));
  if (!number) return {};
  Bytes bytes(static_cast<std::size_t>(BN_num_bytes(number.get())));
  BN_bn2bin(number.get(), bytes.data());
  auto text = toHex(bytes);
  text.erase(0, std::min(text.find_first_not_of('0'), text.size()));
  return text.empty() ? "0" : text;
}

KeyKind kindOf(const EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "SM2") == 1) return KeyKind::sm2;
  if (EVP_PKEY_is_a(key, "EC") == 1) return KeyKind::ecdsa;
  if (EVP_PKEY_is_a(key, "RSA") == 1 || EVP_PKEY_is_a(key, "RSA-PSS") == 1) return KeyKind::rsa;
  return KeyKind::other;
}

std::vector<std::string> usagesOf(const X509* x509, bool& critical) {
  using Usages = Handle<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free>;
  int flag = 0;  // negative: none there, or several
  const Usages usages(static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(x509, NID_ext_key_usage, &flag, nullptr)));
  critical = flag > 0;
  std::vector<std::string> out;
  for (int i = 0; usages && i < sk_ASN1_OBJECT_num(usages.get()); ++i) {
    std::string text(256, '\0');
    const int length = OBJ_obj2txt(text.data(), 256, sk_ASN1_OBJECT_value(usages.get(), i), 1);
    if (length <= 0 || length >= 256) continue;
    text.resize(static_cast<std::size_t>(length));
    out.push_back(std::move(text));
  }
  return out;
}

/// OpenSSL verifies an SM2-signed certificate only when it was told the signer's user id beforehand; on any other it
/// would refuse the id.
void setSm2UserId(X509* x509) {
  if (X509_get_signature_nid(x509) != NID_SM2_with_SM3) return;
  ASN1_OCTET_STRING* id = ASN1_OCTET_STRING_new();
  if (id == nullptr) return;
  ASN1_OCTET_STRING_set(id, viewOf(sm2UserId).data(), static_cast<int>(sm2UserId.size()));
  X509_set0_distinguishing_id(x509, id);
}

}  // namespace

std::optional<Time> timeOf(const ASN1_TIME* time) {
  if (time == nullptr) return std::nullopt;
  const ErrorQueueGuard guard;
  const auto der = encoded<i2d_ASN1_TIME>(time);
  const auto element = der::only(der);
  const auto value = element ? der::time(*element) : std::nullopt;
  if (!value) return std::nullopt;
  return value->time;
}

bool fillFromX509(Certificate::Parsed& parsed) {
  X509* x509 = parsed.x509.get();
  setSm2UserId(x509);
  X509_check_purpose(x509, -1, 0);  // fills the extension caches
  const EVP_PKEY* key = X509_get0_pubkey(x509);
  const auto notBefore = timeOf(X509_get0_notBefore(x509));
  const auto notAfter = timeOf(X509_get0_notAfter(x509));
  if (key == nullptr || !notBefore || !notAfter) return false;
  parsed.notBefore = *notBefore;
  parsed.notAfter = *notAfter;
  parsed.keyKind = kindOf(key);
  parsed.keyBits = static_cast<unsigned>(EVP_PKEY_get_bits(key));
  parsed.subject = printedName(X509_get_subject_name(x509));
  parsed.issuer = printedName(X509_get_issuer_name(x509));
  parsed.unitName = nameEntry(X509_get_subject_name(x509), NID_organizationName);
  if (parsed.unitName.empty()) parsed.unitName = nameEntry(X509_get_subject_name(x509), NID_commonName);
  parsed.serialNumber = serialText(X509_get0_serialNumber(x509));
  parsed.keyUsage = X509_get_key_usage(x509);
  parsed.isAuthority = X509_check_ca(x509) == 1;
  parsed.extendedKeyUsages = usagesOf(x509, parsed.extendedKeyUsageCritical);
  if (const auto* id = X509_get0_subject_key_id(x509); id != nullptr)
    parsed.subjectKeyId.assign(ASN1_STRING_get0_data(id), ASN1_STRING_get0_data(id) + ASN1_STRING_length(id));
  return true;
}

bool fillFromDer(Certificate::Parsed& parsed) {
  der::Reader outer(parsed.der);
  auto certificate = outer.enter(der::tag::sequence);
  auto body = certificate ? certificate->enter(der::tag::sequence) : std::nullopt;
  if (!body) return false;
  body->next(der::tag::context(0));  // version
  const auto serial = body->next(der::tag::integer);
  body->next();  // signature algorithm
  const auto issuer = body->next(der::tag::sequence);
  body->next();  // validity
  body->next();  // subject
  const auto key = body->next(der::tag::sequence);
  if (!serial || !issuer || !key) return false;
  parsed.issuerAndSerial = der::join({issuer->whole, serial->whole});
  parsed.publicKeyInfo = copyOf(key->whole);
  return true;
}

}  // namespace sealferry::trust
