// SPDX-License-Identifier: Apache-2.0
#include <openssl/x509.h>

#include <algorithm>
#include <array>

#include "algorithm_identifier.h"
#include "crl.h"
#include "parsed.h"
#include "pem.h"
#include "trust/der.h"

/// Lists are walked over as they were received (RFC 5280 §5.1): OpenSSL's templates would make a dozen times its size
/// of a long one, and whoever hands one in need not be a friend.
namespace sealferry::trust {
namespace {

constexpr std::size_t largestCrl = 16'777'216;

using Scope = Crl::Parsed::Scope;

constexpr std::array<std::uint8_t, 3> deltaIndicator{0x55, 0x1d, 27};     // 2.5.29.27, content of the identifier
constexpr std::array<std::uint8_t, 3> distributionPoint{0x55, 0x1d, 28};  // 2.5.29.28

/// cRLNumber, reasonCode and invalidityDate, 2.5.29.20, .21 and .24, take nothing from what a list or an entry says;
/// reasonCode is looked at where an entry counts. Some software marks them critical, against RFC 5280 §5.2.3 and §5.3.
bool isKnown(ByteView type) {
  constexpr std::array<std::array<std::uint8_t, 3>, 3> known{{{0x55, 0x1d, 20}, {0x55, 0x1d, 21}, {0x55, 0x1d, 24}}};
  return std::ranges::any_of(known, [&](const auto& one) { return std::ranges::equal(type, one); });
}

/// IssuingDistributionPoint (RFC 5280 §5.2.5) of a list about this issuer's own certificates: neither indirect ([4])
/// nor of attribute certificates ([5]), where a number alone would name nothing of ours.
bool isOfOwnCertificates(ByteView point) {
  const auto whole = der::only(point);
  auto members = whole && whole->tag == der::tag::sequence ? der::inside(*whole) : std::nullopt;
  while (members && !members->atEnd()) {
    const auto member = members->next();
    if (!member || member->tag == der::tag::context(4) || member->tag == der::tag::context(5)) return false;
  }
  return members.has_value();
}

/// Nothing: malformed.
std::optional<Scope> scopeOf(der::Reader extension) {
  const auto type = extension.next(der::tag::objectIdentifier);
  if (!type) return std::nullopt;
  const auto flag = extension.next(der::tag::boolean);
  const auto critical = flag ? der::boolean(*flag) : std::optional(false);
  const auto value = critical ? extension.next(der::tag::octetString) : std::nullopt;
  if (!value || !extension.atEnd()) return std::nullopt;
  if (std::ranges::equal(type->content, deltaIndicator)) return Scope::partial;
  if (std::ranges::equal(type->content, distributionPoint))
    return isOfOwnCertificates(value->content) ? Scope::partial : Scope::unknown;
  return *critical && !isKnown(type->content) ? Scope::unknown : Scope::complete;
}

/// The least that any of the extensions, of the list or of an entry, leaves of what the list can say (RFC 5280 §5.2,
/// §5.3). Nothing: malformed.
std::optional<Scope> leastOf(der::Reader extensions) {
  auto least = Scope::complete;
  while (!extensions.atEnd()) {
    const auto extension = extensions.enter(der::tag::sequence);
    const auto scope = extension ? scopeOf(*extension) : std::nullopt;
    if (!scope) return std::nullopt;
    least = std::max(least, *scope);
  }
  return least;
}

bool isTime(const der::Element& element) {
  return element.tag == der::tag::utcTime || element.tag == der::tag::generalizedTime;
}

bool readEntry(der::Reader& entries, Crl::Parsed& parsed) {
  auto entry = entries.enter(der::tag::sequence);
  if (!entry || !entry->next(der::tag::integer)) return false;
  const auto revoked = entry->next();
  if (!revoked || !isTime(*revoked)) return false;
  if (entry->atEnd()) return true;
  const auto extensions = entry->enter(der::tag::sequence);
  const auto scope = extensions ? leastOf(*extensions) : std::nullopt;
  parsed.scope = std::max(parsed.scope, scope.value_or(Scope::unknown));
  return scope && entry->atEnd();
}

bool readEntries(der::Reader& body, Crl::Parsed& parsed) {
  if (!body.nextIs(der::tag::sequence)) return true;
  const auto list = body.next();
  if (!list->constructed) return false;
  parsed.entries = list->content;
  for (der::Reader entries(parsed.entries); !entries.atEnd();)
    if (!readEntry(entries, parsed)) return false;
  return true;
}

bool readExtensions(der::Reader& body, Crl::Parsed& parsed) {
  if (body.atEnd()) return true;
  auto tagged = body.enter(der::tag::context(0));
  const auto list = tagged ? tagged->enter(der::tag::sequence) : std::nullopt;
  const auto scope = list ? leastOf(*list) : std::nullopt;
  parsed.scope = std::max(parsed.scope, scope.value_or(Scope::unknown));
  return scope && tagged->atEnd() && body.atEnd();
}

bool readIssuer(const der::Element& issuer, Crl::Parsed& parsed) {
  const auto* cursor = issuer.whole.data();
  parsed.issuer.reset(d2i_X509_NAME(nullptr, &cursor, static_cast<long>(issuer.whole.size())));
  return parsed.issuer && cursor == issuer.whole.data() + issuer.whole.size();
}

bool readTimes(der::Reader& body, Crl::Parsed& parsed) {
  const auto from = body.next();
  const auto time = from && isTime(*from) ? der::time(*from) : std::nullopt;
  if (!time) return false;
  parsed.thisUpdate = time->time;
  if (!body.nextIs(der::tag::utcTime) && !body.nextIs(der::tag::generalizedTime)) return true;
  const auto until = der::time(*body.next());
  if (until) parsed.nextUpdate = until->time;
  return until.has_value();
}

bool readBody(const der::Element& whole, Crl::Parsed& parsed) {
  auto body = *der::inside(whole);
  if (body.nextIs(der::tag::integer)) body.next();
  if (!body.next(der::tag::sequence)) return false;
  const auto issuer = body.next(der::tag::sequence);
  return issuer && readIssuer(*issuer, parsed) && readTimes(body, parsed) && readEntries(body, parsed) &&
         readExtensions(body, parsed);
}

/// The signed part, as received, and the signature.
bool readList(Crl::Parsed& parsed) {
  der::Reader outer(parsed.der);
  auto list = outer.enter(der::tag::sequence);
  const auto body = list ? list->next(der::tag::sequence) : std::nullopt;
  const auto identifier = body ? list->next(der::tag::sequence) : std::nullopt;
  const auto value = identifier ? list->next(der::tag::bitString) : std::nullopt;
  const auto bits = value ? der::bits(*value) : std::nullopt;
  const auto algorithm = identifier ? readSignatureAlgorithm(*identifier, std::nullopt) : std::nullopt;
  if (!bits || !algorithm || !list->atEnd() || !outer.atEnd() || !body->constructed) return false;
  parsed.toBeSigned = body->whole;
  parsed.signature = *bits;
  parsed.algorithm = *algorithm;
  return readBody(*body, parsed);
}

}  // namespace

Result<Crl> Crl::fromDer(ByteView der) {
  const ErrorQueueGuard guard;
  if (der.size() > largestCrl) return badCertificate("crl", "tooLarge");
  auto parsed = std::make_shared<Parsed>();
  parsed->der = copyOf(der);
  if (!readList(*parsed)) return badCertificate("crl", "malformed");
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

}  // namespace sealferry::trust
