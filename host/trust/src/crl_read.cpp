// SPDX-License-Identifier: Apache-2.0
#include <openssl/x509.h>

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

std::optional<bool> isCritical(der::Reader& extensions) {
  auto extension = extensions.enter(der::tag::sequence);
  if (!extension || !extension->next(der::tag::objectIdentifier)) return std::nullopt;
  const auto flag = extension->next(der::tag::boolean);
  if (!extension->next(der::tag::octetString) || !extension->atEnd()) return std::nullopt;
  return flag ? der::boolean(*flag) : std::optional(false);
}

/// Delta lists, lists of part of the certificates and indirect ones say so in a critical extension, of the list or of
/// an entry; such a list is left alone, because its silence would mean nothing (RFC 5280 §5.2, §5.3). Nothing:
/// malformed.
std::optional<bool> anyCritical(der::Reader extensions) {
  bool any = false;
  while (!extensions.atEnd()) {
    const auto one = isCritical(extensions);
    if (!one) return std::nullopt;
    any = any || *one;
  }
  return any;
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
  const auto critical = extensions ? anyCritical(*extensions) : std::nullopt;
  parsed.complete = parsed.complete && critical == false;
  return critical && entry->atEnd();
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
  const auto critical = list ? anyCritical(*list) : std::nullopt;
  parsed.complete = parsed.complete && critical == false;
  return critical && tagged->atEnd() && body.atEnd();
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
