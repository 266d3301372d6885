// SPDX-License-Identifier: Apache-2.0
#include "orders.h"

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

}  // namespace sealferry::test
