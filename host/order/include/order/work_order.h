// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "trust/chain.h"
#include "trust/cms.h"

namespace sealferry::order {

/// The extended key usage that lets a certificate sign work orders (docs/protocol.md).
inline constexpr std::string_view signerUsage = "2.25.311528060359796806190005305682053692929";

/// How far clocks may stand apart before we say so.
inline constexpr Time allowedSkew = 300;

enum class Operation { issue, reissue, change, annualInspection, request, unblock };
std::string_view nameOf(Operation operation);  ///< as on the wire
std::optional<Operation> operationNamed(std::string_view name);

/// A seal named by id and by the SHA-256 of its DER.
struct SealDigest {
  std::string id;
  Bytes sha256;
  friend bool operator==(const SealDigest&, const SealDigest&) = default;
};

/// An opened work order (授权单), field by field as in docs/protocol.md. Digests are 32 raw bytes.
struct WorkOrder {
  std::string number;  ///< "order": 1 to 64 printable ASCII characters
  Operation operation = Operation::annualInspection;
  std::string origin;  ///< exact
  std::string keySerial;
  std::optional<Bytes> keyCertificate;  ///< of the signing certificate held when the order was made; none: blank key
  std::vector<SealDigest> seals;        ///< to be written
  std::optional<Bytes> signCertificate, encryptionCertificate;  ///< to be written
  std::vector<Bytes> replaces;                                  ///< SHA-256 of each seal that goes
  bool allowInPlace = false;
  Time notBefore = 0, notAfter = 0;
  Bytes nonce;  ///< 16 to 64 bytes
  friend bool operator==(const WorkOrder&, const WorkOrder&) = default;
};

/// Opens an order: CMS signature, strict JSON, its signer's chain at the order's notBefore and now with the extended
/// key usage `signerUsage` (or its SHA-256 in `pinnedSigners`, raw 32 bytes, which replaces both), and its times
/// against `now`. order_invalid (detail reason: malformed, tooLarge, noContent, digestMismatch, badSignature, json,
/// field …), order_untrusted (detail reason: the chain's word), order_expired and clock_wrong (detail here, there).
Result<WorkOrder> open(ByteView cms, const trust::Anchors& orderAnchors, std::span<const Bytes> pinnedSigners,
                       Time now);

/// The portal's side. The JSON is what `open` reads; prepare refuses an order that open would refuse (bad_request).
std::string toJson(const WorkOrder& order);
Result<trust::cms::Draft> prepare(const WorkOrder& order, const trust::Certificate& signer,
                                  std::vector<trust::Certificate> chain, Time signingTime);

}  // namespace sealferry::order
