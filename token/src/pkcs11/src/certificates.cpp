// SPDX-License-Identifier: Apache-2.0
#include "certificates.h"

#include <openssl/x509.h>

#include <algorithm>

#include "base/digest.h"
#include "cryptoki.h"

namespace sealferry::token::pkcs11 {
namespace {

/// Subject, issuer and serial number, which PKCS#11 wants beside the certificate (v2.40 §4.6.3). DER; empty if it is
/// none.
struct NameFields {
  Bytes subject, issuer, serialNumber;
};

template <class Part, class Encode>
Bytes derOf(Part* part, Encode encode) {
  unsigned char* der = nullptr;
  const int size = encode(part, &der);
  Bytes bytes(der, der + std::max(size, 0));
  OPENSSL_free(der);
  return bytes;
}

NameFields nameFields(ByteView der) {
  const auto* at = der.data();
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())),
                                                                &X509_free);
  if (!certificate) return {};
  return {derOf(X509_get_subject_name(certificate.get()), i2d_X509_NAME),
          derOf(X509_get_issuer_name(certificate.get()), i2d_X509_NAME),
          derOf(X509_get_serialNumber(certificate.get()), i2d_ASN1_INTEGER)};
}

constexpr std::string_view retiredMark = "SealFerry retired ";

bool isRetired(ByteView keyId) {
  return keyId.size() > retiredMark.size() && sameBytes(keyId.first(retiredMark.size()), viewOf(retiredMark));
}

Result<std::vector<store::RawCertificate>> everyCertificate(RawSession& raw) {
  const auto objects =
      raw.find({number(CKA_CLASS, CKO_CERTIFICATE), number(CKA_CERTIFICATE_TYPE, CKC_X_509), boolean(CKA_TOKEN, true)});
  if (!objects) return passOn(objects);
  std::vector<store::RawCertificate> found;
  for (const auto object : *objects) {
    auto der = raw.content(object, mostObjectBytes);
    // Listed, but no longer there; or larger than any certificate.
    if (!der && (der.error().code == ErrorCode::seal_invalid || der.error().code == ErrorCode::too_large)) continue;
    if (!der) return passOn(der);
    auto keyId = raw.name(object, CKA_ID, mostIdBytes);
    if (!keyId) return passOn(keyId);
    if (!der->empty()) found.push_back({object, keyId->value_or(Bytes{}), std::move(*der)});
  }
  return found;
}

}  // namespace

Result<std::vector<store::RawCertificate>> listCertificates(RawSession& raw) {
  auto all = everyCertificate(raw);
  if (all) std::erase_if(*all, [](const auto& one) { return isRetired(one.keyId); });
  return all;
}

Result<void> retireCertificate(RawSession& raw, ObjectId certificate) {
  const auto der = raw.content(certificate, mostObjectBytes);
  if (!der) return passOn(der);
  return raw.set(certificate, bytes(CKA_ID, viewOf(std::string(retiredMark) + toHex(sha256(*der)).substr(0, 16))));
}

Result<std::optional<ObjectId>> findRetired(RawSession& raw, ByteView der) {
  const auto all = everyCertificate(raw);
  if (!all) return passOn(all);
  for (const auto& one : *all)
    if (isRetired(one.keyId) && sameBytes(one.der, der)) return one.handle;
  return std::nullopt;
}

Result<ObjectId> importCertificate(RawSession& raw, ByteView keyId, const std::string& label, ByteView der) {
  const auto fields = nameFields(der);
  return raw.create({number(CKA_CLASS, CKO_CERTIFICATE), number(CKA_CERTIFICATE_TYPE, CKC_X_509),
                     boolean(CKA_TOKEN, true), boolean(CKA_PRIVATE, false), bytes(CKA_ID, keyId),
                     bytes(CKA_LABEL, viewOf(label)), bytes(CKA_SUBJECT, fields.subject),
                     bytes(CKA_ISSUER, fields.issuer), bytes(CKA_SERIAL_NUMBER, fields.serialNumber),
                     bytes(CKA_VALUE, der)});
}

}  // namespace sealferry::token::pkcs11
