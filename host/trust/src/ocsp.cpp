// SPDX-License-Identifier: Apache-2.0
#include "ocsp.h"

#include <algorithm>

#include "parsed.h"
#include "trust/der.h"
#include "trust/signature.h"

namespace sealferry::trust {
namespace {

constexpr std::string_view ocspSigning = "1.3.6.1.5.5.7.3.9";  // id-kp-OCSPSigning
constexpr Time allowedSkew = 300, day = 86'400;

/// What a CertID is compared with.
struct Identity {
  ByteView issuerName, serial;  ///< the name as the certificate has it, the number's content
  ByteView issuerKey;           ///< content of the BIT STRING
};

std::optional<ByteView> keyBitsOf(const Certificate& certificate) {
  auto info = der::Reader(certificate.publicKeyInfo()).enter(der::tag::sequence);
  if (!info || !info->next(der::tag::sequence)) return std::nullopt;
  const auto key = info->next(der::tag::bitString);
  return key ? der::bits(*key) : std::nullopt;
}

std::optional<Identity> identityOf(const Certificate& certificate, const Certificate& issuer) {
  der::Reader reader(certificate.parsed().issuerAndSerial);
  const auto name = reader.next();
  const auto serial = reader.next();
  const auto key = keyBitsOf(issuer);
  if (!name || !serial || !key) return std::nullopt;
  return Identity{name->whole, serial->content, *key};
}

bool isAbout(const OcspAnswer& answer, const Identity& identity) {
  return std::ranges::equal(answer.serial, identity.serial) &&
         answer.issuerName == digestOf(answer.digest, identity.issuerName) &&
         answer.issuerKey == digestOf(answer.digest, identity.issuerKey);
}

bool isSignedBy(const OcspResponse& response, const Certificate& signer) {
  const auto& parsed = response.parsed();
  return verifySignature(signer, parsed.algorithm, parsed.toBeSigned, parsed.signature);
}

/// RFC 6960 §4.2.2.2: a responder must be named by the very issuer of the certificate asked about. It has to be good
/// when it answered.
bool isResponder(const Certificate& candidate, const Certificate& issuer, std::span<const Crl> crls, Time at) {
  Anchors anchors;
  anchors.roots = {issuer};
  anchors.crls.assign(crls.begin(), crls.end());
  return checkChain(candidate, {}, anchors, at, {Purpose::Use::signing, std::string(ocspSigning)}).trusted;
}

bool isAuthentic(const OcspResponse& response, const Certificate& issuer, std::span<const Crl> crls) {
  if (isSignedBy(response, issuer)) return true;
  return std::ranges::any_of(response.parsed().certificates, [&](const Certificate& candidate) {
    return isSignedBy(response, candidate) && isResponder(candidate, issuer, crls, response.parsed().producedAt);
  });
}

/// An answer without nextUpdate says that there is always a newer one (§4.2.2.1): it is taken for a day.
bool isCurrent(const OcspAnswer& answer, Time at) {
  return at <= answer.nextUpdate.value_or(answer.thisUpdate + day) + allowedSkew;
}

void take(Revocation& out, bool& current, const OcspAnswer& answer, Time at) {
  if (answer.status == OcspAnswer::Status::unknown) return;
  out.known = true;
  current = current || isCurrent(answer, at);
  if (answer.status == OcspAnswer::Status::revoked)
    out.revokedAt = std::min(out.revokedAt.value_or(answer.revokedAt), answer.revokedAt);
}

}  // namespace

Revocation askResponses(const Certificate& certificate, const Certificate& issuer,
                        std::span<const OcspResponse> responses, std::span<const Crl> crls, Time at) {
  Revocation out;
  const auto identity = identityOf(certificate, issuer);
  bool current = false;
  for (const auto& response : responses) {
    const auto about = [&](const OcspAnswer& answer) { return identity && isAbout(answer, *identity); };
    const auto& answers = response.parsed().answers;
    if (std::ranges::none_of(answers, about) || !isAuthentic(response, issuer, crls)) continue;
    for (const auto& answer : answers)
      if (about(answer)) take(out, current, answer, at);
  }
  out.outdated = out.known && !current;
  return out;
}

}  // namespace sealferry::trust
