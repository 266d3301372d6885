// SPDX-License-Identifier: Apache-2.0
#include "stamp_authority.h"

#include "trust/der.h"

namespace sealferry::test {

namespace der = trust::der;

StampAuthority::StampAuthority(const Key& root, Key own)
    : key(std::move(own)),
      certificate(certify(key, root, {.subject = "Time", .serial = 9, .extendedKeyUsage = "critical,timeStamping"})) {}

Bytes StampAuthority::token(ByteView stamped, Time time, const std::string& digest) const {
  const auto name = der::sequence({der::encodeObjectIdentifier(digest)});
  const auto imprint =
      trust::digestOf(digest == sha1Oid ? trust::DigestAlgorithm::sha1 : trust::DigestAlgorithm::sm3, stamped);
  const auto info = der::sequence({der::encodeInteger(1), der::encodeObjectIdentifier("1.2.3.4"),
                                   der::sequence({name, der::encodeOctets(imprint)}), der::encodeInteger(7),
                                   der::encodeGeneralizedTime(time)});
  const auto draft = trust::cms::prepare({.signer = certificate,
                                          .algorithm = trust::usualAlgorithm(certificate),
                                          .content = info,
                                          .contentType = "1.2.840.113549.1.9.16.1.4"});
  return complete(draft.value(), key);
}

}  // namespace sealferry::test
