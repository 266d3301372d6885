// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "order/work_order.h"

namespace sealferry::order {

/// What a page hands in beside the order.
struct Payload {
  std::vector<SealDigest> seals;                                ///< ids read from the seals themselves
  std::optional<Bytes> signCertificate, encryptionCertificate;  ///< SHA-256
};

/// What is, as against what the order says. Filled by the operation from the browser, the key and the clock.
struct Facts {
  std::vector<Operation> operations;  ///< those the method asked for takes
  std::string origin;                 ///< as the browser states it
  std::string keySerial;
  std::optional<Bytes> keyCertificate;         ///< SHA-256 of the signing certificate on the key now; none: blank
  std::optional<Bytes> encryptionCertificate;  ///< likewise
  std::vector<Bytes> staleCertificates{};      ///< SHA-256 of those for signing that lie there without a private key
  std::vector<SealDigest> heldSeals;           ///< what the key holds now (its visible set)
  bool orderPending = false;       ///< the key's journal names this order's number: it was begun and not ended
  std::optional<Payload> payload;  ///< none for methods that write nothing (orderState, createRequest)
  Time now = 0;
  std::optional<Time> browserTime;
};

/// Does the order cover exactly this? Times first: clock_wrong (detail here, there), order_expired. Then order_mismatch
/// with detail field: operation, origin, key.serial, key.certificateSha256, write.seals, write.signCertificateSha256,
/// write.encryptionCertificateSha256, replaces.
///
/// Rollback: an order names the digests it replaces, all of which the key must hold, and a held seal with the id of one
/// to be written must be among them. So an order that was carried out, and whose seal was replaced since, matches no
/// more. Excepted is an order whose targets the key already holds (it is done: nothing will be written), and one the
/// key's journal names (it continues).
Result<void> check(const WorkOrder& order, const Facts& facts);

/// Does the key hold everything the order was to write? Then writing it again writes nothing.
bool isDone(const WorkOrder& order, const Facts& facts);

}  // namespace sealferry::order
