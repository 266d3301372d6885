// SPDX-License-Identifier: Apache-2.0
#include "crl.h"

#include <openssl/x509v3.h>

#include <algorithm>

#include "algorithm_identifier.h"
#include "parsed.h"
#include "pem.h"
#include "trust/der.h"
#include "trust/signature.h"

namespace sealferry::trust {
namespace {

constexpr std::size_t largestCrl = 16'777'216;

/// The signed part, as received, and the signature. OpenSSL 3.0 cannot verify an SM2 list, so we do it for all kinds.
bool fillSignature(Crl::Parsed& parsed, ByteView der) {
  der::Reader outer(der);
  auto list = outer.enter(der::tag::sequence);
  const auto body = list ? list->next(der::tag::sequence) : std::nullopt;
  const auto identifier = body ? list->next(der::tag::sequence) : std::nullopt;
  const auto value = identifier ? list->next(der::tag::bitString) : std::nullopt;
  const auto bits = value ? der::bits(*value) : std::nullopt;
  const auto algorithm = identifier ? readSignatureAlgorithm(*identifier, std::nullopt) : std::nullopt;
  if (!bits || !algorithm) return false;
  parsed.toBeSigned = copyOf(body->whole);
  parsed.signature = copyOf(*bits);
  parsed.algorithm = *algorithm;
  return true;
}

/// Delta lists, lists of part of the certificates and indirect ones say so in a critical extension; a list with any
/// critical extension is left alone, because its silence would mean nothing (RFC 5280 §5.2).
bool isComplete(const X509_CRL* crl) {
  for (int i = 0; i < X509_CRL_get_ext_count(crl); ++i)
    if (X509_EXTENSION_get_critical(X509_CRL_get_ext(crl, i)) == 1) return false;
  return true;
}

bool isFrom(const Crl& crl, const Certificate& issuer) {
  const auto& list = crl.parsed();
  if (X509_NAME_cmp(X509_CRL_get_issuer(list.crl.get()), X509_get_subject_name(x509Of(issuer))) != 0) return false;
  if ((issuer.parsed().keyUsage & KU_CRL_SIGN) == 0 || !isComplete(list.crl.get())) return false;
  return verifySignature(issuer, list.algorithm, list.toBeSigned, list.signature);
}

std::optional<Time> entryOf(const Crl& crl, const Certificate& certificate) {
  X509_REVOKED* entry = nullptr;
  const int found = X509_CRL_get0_by_cert(crl.parsed().crl.get(), &entry, x509Of(certificate));
  if (found != 1) return std::nullopt;
  return timeOf(X509_REVOKED_get0_revocationDate(entry)).value_or(0);
}

}  // namespace

Result<Crl> Crl::fromDer(ByteView der) {
  const ErrorQueueGuard guard;
  if (der.size() > largestCrl) return badCertificate("crl", "tooLarge");
  auto parsed = std::make_shared<Parsed>();
  const unsigned char* cursor = der.data();
  parsed->crl.reset(d2i_X509_CRL(nullptr, &cursor, static_cast<long>(der.size())));
  if (!parsed->crl || cursor != der.data() + der.size()) return badCertificate("d2i_X509_CRL", "malformed");
  const auto thisUpdate = timeOf(X509_CRL_get0_lastUpdate(parsed->crl.get()));
  if (!thisUpdate || !fillSignature(*parsed, der)) return badCertificate("crl", "malformed");
  parsed->thisUpdate = *thisUpdate;
  parsed->nextUpdate = timeOf(X509_CRL_get0_nextUpdate(parsed->crl.get()));
  return Crl(std::move(parsed));
}

Result<std::vector<Crl>> readCrls(ByteView pemOrDer) {
  const auto parts = partsOf(pemOrDer, "X509 CRL");
  if (parts.empty()) return badCertificate("readCrls", "malformed");
  std::vector<Crl> out;
  for (const auto& part : parts) {
    auto crl = Crl::fromDer(part);
    if (!crl) return passOn(crl);
    out.push_back(*std::move(crl));
  }
  return out;
}

Revocation lookUp(const Certificate& certificate, const Certificate& issuer, std::span<const Crl> crls, Time at) {
  Revocation out;
  bool current = false;
  for (const auto& crl : crls) {
    if (!isFrom(crl, issuer)) continue;
    out.known = true;
    current = current || crl.parsed().nextUpdate.value_or(at) >= at;
    const auto entry = entryOf(crl, certificate);
    if (entry) out.revokedAt = std::min(out.revokedAt.value_or(*entry), *entry);
  }
  out.outdated = out.known && !current;
  return out;
}

}  // namespace sealferry::trust
