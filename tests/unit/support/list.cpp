// SPDX-License-Identifier: Apache-2.0
#include "list.h"

#include "trust/der.h"
#include "trust/signature.h"

namespace sealferry::test {
namespace {

namespace der = trust::der;

Bytes subjectOf(const trust::Certificate& certificate) {
  auto body = der::Reader(certificate.der()).enter(der::tag::sequence)->enter(der::tag::sequence);
  for (int i = 0; i < 5; ++i) body->next();  // version, serial, algorithm, issuer, validity
  return copyOf(body->next()->whole);
}

}  // namespace

Bytes entryOf(ByteView serial, ByteView time, ByteView extensions) {
  return der::sequence({der::element(der::tag::integer, false, serial), time, extensions});
}

Bytes unknownExtension(bool critical) {
  return der::sequence(
      {der::encodeObjectIdentifier("1.2.3.4"), critical ? der::encodeBoolean(true) : Bytes{}, der::encodeOctets({})});
}

Bytes listOf(const Key& issuer, const trust::Certificate& certificate, const ListPieces& pieces) {
  const auto algorithm = der::sequence({der::encodeObjectIdentifier("1.2.156.10197.1.501")});
  const auto entries = pieces.entries.empty() ? Bytes{} : der::sequence({pieces.entries});
  const auto extensions = pieces.extensions.empty()
                              ? Bytes{}
                              : der::element(der::tag::context(0), true, der::sequence({pieces.extensions}));
  const auto body =
      der::sequence({der::encodeInteger(1), algorithm, subjectOf(certificate), der::encodeUtcTime(pieces.thisUpdate),
                     pieces.nextUpdate.value_or(Bytes{}), entries, extensions});
  const auto scheme = trust::SignatureAlgorithm::sm2Sm3;
  const auto value = issuer.sign(scheme, trust::digestToSign(certificate, scheme, body).value());
  return der::sequence({body, algorithm, der::encodeBits(value)});
}

}  // namespace sealferry::test
