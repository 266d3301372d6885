// SPDX-License-Identifier: Apache-2.0
#include <openssl/x509v3.h>

#include "base/openssl.h"
#include "pki/issue.h"
#include "refuse.h"
#include "signing_context.h"

namespace sealferry::pki {
namespace {

using IntegerHandle = Handle<ASN1_INTEGER, ASN1_INTEGER_free>;
struct TimeRelease {
  void operator()(ASN1_TIME* time) const { ASN1_STRING_free(time); }
};
using TimeHandle = std::unique_ptr<ASN1_TIME, TimeRelease>;

bool addEntry(X509_CRL* crl, const Revoked& entry) {
  BIGNUM* parsed = nullptr;
  BN_hex2bn(&parsed, entry.serialNumber.c_str());
  const Handle<BIGNUM, BN_free> number(parsed);
  const IntegerHandle serial(number ? BN_to_ASN1_INTEGER(number.get(), nullptr) : nullptr);
  const TimeHandle when(ASN1_TIME_set(nullptr, entry.at));
  Handle<X509_REVOKED, X509_REVOKED_free> revoked(X509_REVOKED_new());
  if (!serial || !when || !revoked || X509_REVOKED_set_serialNumber(revoked.get(), serial.get()) != 1 ||
      X509_REVOKED_set_revocationDate(revoked.get(), when.get()) != 1)
    return false;
  return X509_CRL_add0_revoked(crl, revoked.release()) == 1;
}

/// RFC 5280 §5.2.3 wants a number that only grows; the time does.
bool addNumber(X509_CRL* crl, Time thisUpdate) {
  const IntegerHandle number(ASN1_INTEGER_new());
  return number && ASN1_INTEGER_set_int64(number.get(), thisUpdate) == 1 &&
         X509_CRL_add1_ext_i2d(crl, NID_crl_number, number.get(), 0, 0) == 1;
}

bool setFrame(X509_CRL* crl, const trust::Certificate& issuer, Time thisUpdate, Time nextUpdate) {
  const unsigned char* cursor = issuer.der().data();
  const X509Handle x509(d2i_X509(nullptr, &cursor, static_cast<long>(issuer.der().size())));
  const TimeHandle from(ASN1_TIME_set(nullptr, thisUpdate)), until(ASN1_TIME_set(nullptr, nextUpdate));
  return x509 && from && until && X509_CRL_set_version(crl, X509_CRL_VERSION_2) == 1 &&
         X509_CRL_set_issuer_name(crl, X509_get_subject_name(x509.get())) == 1 &&
         X509_CRL_set1_lastUpdate(crl, from.get()) == 1 && X509_CRL_set1_nextUpdate(crl, until.get()) == 1;
}

}  // namespace

Result<Bytes> makeCrl(const Authority& authority, std::span<const Revoked> entries, Time thisUpdate, Time nextUpdate) {
  const ErrorQueueGuard guard;
  const CrlHandle crl(X509_CRL_new());
  if (!crl || !setFrame(crl.get(), authority.certificate, thisUpdate, nextUpdate))
    return fail(ErrorCode::internal, "X509_CRL_new");
  for (const auto& entry : entries)
    if (!addEntry(crl.get(), entry)) return badField("makeCrl", "serialNumber");
  const SigningContext signing(authority.key);
  if (!addNumber(crl.get(), thisUpdate) || X509_CRL_sort(crl.get()) != 1 || signing.get() == nullptr ||
      X509_CRL_sign_ctx(crl.get(), signing.get()) <= 0)
    return fail(ErrorCode::internal, "X509_CRL_sign_ctx");
  return encoded<i2d_X509_CRL>(crl.get());
}

}  // namespace sealferry::pki
