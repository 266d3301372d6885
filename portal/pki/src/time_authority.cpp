// SPDX-License-Identifier: Apache-2.0
#include "pki/time_authority.h"

#include "base/digest.h"
#include "trust/cms.h"
#include "trust/der.h"

namespace sealferry::pki {
namespace {

namespace der = trust::der;

constexpr const char* sm3Number = "1.2.156.10197.1.401";
constexpr const char* infoNumber = "1.2.840.113549.1.9.16.1.4";  // id-ct-TSTInfo
constexpr const char* policyNumber =
    "2.25.183961321284613907085568664458327174336";  // the demonstration's own, promising nothing

/// A positive INTEGER of 64 random bits: RFC 3161 wants no number twice.
std::int64_t freshNumber() {
  std::int64_t number = 0;
  for (const auto byte : randomBytes(7)) number = number << 8 | byte;
  return number + 1;
}

Bytes infoOver(ByteView stamped, Time now) {
  const auto imprint =
      der::sequence({der::sequence({der::encodeObjectIdentifier(sm3Number)}), der::encodeOctets(sm3(stamped))});
  return der::sequence({der::encodeInteger(1), der::encodeObjectIdentifier(policyNumber), imprint,
                        der::encodeInteger(freshNumber()), der::encodeGeneralizedTime(now)});
}

}  // namespace

Result<Bytes> timeStamp(const Authority& authority, ByteView stamped, Time now) {
  trust::cms::Request request{authority.certificate, trust::usualAlgorithm(authority.certificate)};
  request.content = infoOver(stamped, now);
  request.contentType = infoNumber;
  const auto draft = trust::cms::prepare(std::move(request));
  if (!draft) return passOn(draft);
  const auto value = authority.key.sign(draft->algorithm(), draft->digest());
  if (!value) return passOn(value);
  return draft->finish(*value);
}

}  // namespace sealferry::pki
