// SPDX-License-Identifier: Apache-2.0
#include "crl.h"

#include <openssl/x509v3.h>

#include <algorithm>
#include <array>

#include "parsed.h"
#include "trust/der.h"
#include "trust/signature.h"

namespace sealferry::trust {
namespace {

/// OpenSSL 3.0 cannot verify an SM2 list, so we do it for all kinds.
bool isFrom(const Crl& crl, const Certificate& issuer) {
  const auto& list = crl.parsed();
  if (X509_NAME_cmp(list.issuer.get(), X509_get_subject_name(x509Of(issuer))) != 0) return false;
  if ((issuer.parsed().keyUsage & KU_CRL_SIGN) == 0 || list.scope == Crl::Parsed::Scope::unknown) return false;
  return verifySignature(issuer, list.algorithm, list.toBeSigned, list.signature);
}

/// A number's digits; some software writes a zero more than DER has.
ByteView digitsOf(ByteView number) {
  while (number.size() > 1 && number.front() == 0) number = number.subspan(1);
  return number;
}

ByteView serialOf(const Certificate& certificate) {
  der::Reader reader(certificate.parsed().issuerAndSerial);
  reader.next();
  const auto serial = reader.next(der::tag::integer);
  return serial ? serial->content : ByteView{};
}

/// removeFromCRL (RFC 5280 §5.3.1): a delta list takes back what was only on hold.
bool isTakenBack(der::Reader entry) {
  constexpr std::array<std::uint8_t, 3> reasonCode{0x55, 0x1d, 21}, removeFromCrl{0x0a, 1, 8};
  for (auto extensions = entry.enter(der::tag::sequence); extensions && !extensions->atEnd();) {
    auto extension = *extensions->enter(der::tag::sequence);
    if (!std::ranges::equal(extension.next()->content, reasonCode)) continue;
    extension.next(der::tag::boolean);
    if (std::ranges::equal(extension.next()->content, removeFromCrl)) return true;
  }
  return false;
}

/// Every entry is looked at: a hostile list may name a certificate twice, and the first is not the earliest.
std::optional<Time> entryOf(const Crl& crl, const Certificate& certificate) {
  const auto wanted = digitsOf(serialOf(certificate));
  std::optional<Time> earliest;
  for (der::Reader entries(crl.parsed().entries); !entries.atEnd();) {
    auto entry = *entries.enter(der::tag::sequence);
    if (!std::ranges::equal(digitsOf(entry.next()->content), wanted)) continue;
    const auto time = der::time(*entry.next());
    if (isTakenBack(entry)) continue;
    const auto at = time ? time->time : 0;  // an unreadable time revokes from the beginning
    earliest = std::min(earliest.value_or(at), at);
  }
  return earliest;
}

/// Usable lists of one kind, and whether any of them is of today.
struct Seen {
  bool any = false, current = false;
};

}  // namespace

Revocation lookUp(const Certificate& certificate, const Certificate& issuer, std::span<const Crl> crls, Time at) {
  Revocation out;
  Seen complete, partial;
  for (const auto& crl : crls) {
    if (!isFrom(crl, issuer)) continue;
    auto& kind = crl.parsed().scope == Crl::Parsed::Scope::complete ? complete : partial;
    kind.any = true;
    kind.current = kind.current || crl.parsed().nextUpdate.value_or(at) >= at;
    const auto entry = entryOf(crl, certificate);
    if (entry) out.revokedAt = std::min(out.revokedAt.value_or(*entry), *entry);
  }
  out.known = complete.any || out.revokedAt;
  out.outdated = complete.any ? !complete.current : partial.any && !partial.current;
  return out;
}

}  // namespace sealferry::trust
