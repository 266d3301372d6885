// SPDX-License-Identifier: Apache-2.0
#include "orders.h"

#include "trust/der.h"
#include "trust/signature.h"

namespace sealferry::test {

Bytes digest(std::uint8_t number) { return Bytes(32, number); }

order::WorkOrder inspection() {
  return {.number = "2026112200017",
          .operation = order::Operation::annualInspection,
          .origin = "https://ca.example",
          .keySerial = "1a2b3c4d",
          .keyCertificate = digest(10),
          .seals = {{"35020000000001", digest(2)}},
          .signCertificate = digest(20),
          .encryptionCertificate = std::nullopt,
          .replaces = {digest(1)},
          .notBefore = now - 60,
          .notAfter = now + 3600,
          .nonce = Bytes(16, 7)};
}

order::Facts factsBefore() {
  return {.operations = {order::Operation::annualInspection},
          .origin = "https://ca.example",
          .keySerial = "1a2b3c4d",
          .keyCertificate = digest(10),
          .encryptionCertificate = digest(11),
          .heldSeals = {{"35020000000001", digest(1)}},
          .payload = order::Payload{{{"35020000000001", digest(2)}}, digest(20), std::nullopt},
          .now = now,
          .browserTime = now + 5};
}

Bytes OrderPki::sign(const order::WorkOrder& order) const {
  return complete(order::prepare(order, signer, {}, now).value(), key);
}

Bytes OrderPki::signText(std::string_view json) const {
  return complete(
      trust::cms::prepare(
          {.signer = signer, .algorithm = trust::SignatureAlgorithm::ecdsaSha256, .content = copyOf(viewOf(json))})
          .value(),
      key);
}

namespace {

namespace der = trust::der;

Bytes tagged(ByteView content) { return der::element(der::tag::context(0), true, content); }

Bytes issuerAndSerial(const trust::Certificate& certificate) {
  auto body = der::Reader(certificate.der()).enter(der::tag::sequence)->enter(der::tag::sequence);
  body->next(der::tag::context(0));
  const auto serial = body->next(der::tag::integer);
  body->next();
  return der::sequence({body->next()->whole, serial->whole});
}

struct Numbers {
  const char *signedData, *data, *digest, *signature;
};

Numbers numbersFor(const Key& key) {
  if (key.isSm2())
    return {"1.2.156.10197.6.1.4.2.2", "1.2.156.10197.6.1.4.2.1", "1.2.156.10197.1.401", "1.2.156.10197.1.301.1"};
  return {"1.2.840.113549.1.7.2", "1.2.840.113549.1.7.1", "2.16.840.1.101.3.4.2.1", "1.2.840.10045.4.3.2"};
}

}  // namespace

Bytes OrderPki::signBare(std::string_view json) const {
  const auto numbers = numbersFor(key);
  const auto oid = [](const char* dotted) { return der::encodeObjectIdentifier(dotted); };
  const auto digest = der::sequence({oid(numbers.digest)});
  const auto scheme = trust::usualAlgorithm(signer);
  const auto value = key.sign(scheme, trust::digestToSign(signer, scheme, viewOf(json)).value());
  const auto info = der::sequence({der::encodeInteger(1), issuerAndSerial(signer), digest,
                                   der::sequence({oid(numbers.signature)}), der::encodeOctets(value)});
  const auto content = der::sequence({oid(numbers.data), tagged(der::encodeOctets(viewOf(json)))});
  const auto body =
      der::sequence({der::encodeInteger(1), der::setOf({digest}), content, tagged(signer.der()), der::setOf({info})});
  return der::sequence({oid(numbers.signedData), tagged(body)});
}

}  // namespace sealferry::test
