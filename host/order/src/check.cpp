// SPDX-License-Identifier: Apache-2.0
#include "order/check.h"

#include <algorithm>

#include "times.h"

namespace sealferry::order {
namespace {

tl::unexpected<Error> mismatch(std::string field) {
  return tl::unexpected<Error>(Error{ErrorCode::order_mismatch, "order::check", 0, {}, {{"field", std::move(field)}}});
}

Result<void> checkClock(const Facts& facts) {
  if (!facts.browserTime) return {};
  const auto skew = facts.now > *facts.browserTime ? facts.now - *facts.browserTime : *facts.browserTime - facts.now;
  if (skew <= allowedSkew) return {};
  return tl::unexpected<Error>(Error{ErrorCode::clock_wrong,
                                     "order::check",
                                     0,
                                     {},
                                     {{"here", toRfc3339(facts.now)}, {"there", toRfc3339(*facts.browserTime)}}});
}

bool holds(const Facts& facts, const Bytes& sha256) {
  return std::ranges::any_of(facts.heldSeals, [&](const auto& held) { return held.sha256 == sha256; });
}

bool contains(const std::vector<Bytes>& all, const Bytes& one) { return std::ranges::find(all, one) != all.end(); }

/// The certificate the order was made for, or the one it writes: then it was carried out, or nearly. Before a login a
/// certificate may be taken for the key's that turns out, after it, to have no private key there: an order that brings
/// another may name it still.
bool isTheKeysCertificate(const WorkOrder& order, const Facts& facts) {
  if (facts.keyCertificate == order.keyCertificate) return true;
  if (!order.signCertificate) return false;
  return facts.keyCertificate == order.signCertificate ||
         (order.keyCertificate && contains(facts.staleCertificates, *order.keyCertificate));
}

std::string payloadFault(const WorkOrder& order, const Payload& payload) {
  const auto sorted = [](std::vector<SealDigest> seals) {
    std::ranges::sort(seals, {}, &SealDigest::sha256);
    return seals;
  };
  if (sorted(payload.seals) != sorted(order.seals)) return "write.seals";
  if (payload.signCertificate != order.signCertificate) return "write.signCertificateSha256";
  if (payload.encryptionCertificate != order.encryptionCertificate) return "write.encryptionCertificateSha256";
  return {};
}

/// A seal on the key that bears the id of one to be written, and is neither that very seal nor named as replaced.
bool isPassedOver(const WorkOrder& order, const SealDigest& held) {
  const bool same = std::ranges::any_of(order.seals, [&](const auto& target) { return target.sha256 == held.sha256; });
  const bool sameId = std::ranges::any_of(order.seals, [&](const auto& target) { return target.id == held.id; });
  return sameId && !same && !contains(order.replaces, held.sha256);
}

/// decisions.md, "Rollback": ids survive the annual inspection, digests do not.
bool replacesFit(const WorkOrder& order, const Facts& facts) {
  if (isDone(order, facts) || facts.orderPending) return true;
  const bool allHeld = std::ranges::all_of(order.replaces, [&](const Bytes& gone) { return holds(facts, gone); });
  return allHeld && std::ranges::none_of(facts.heldSeals, [&](const auto& held) { return isPassedOver(order, held); });
}

std::string faultOf(const WorkOrder& order, const Facts& facts) {
  if (std::ranges::find(facts.operations, order.operation) == facts.operations.end()) return "operation";
  if (facts.origin != order.origin) return "origin";
  if (facts.keySerial != order.keySerial) return "key.serial";
  if (!isTheKeysCertificate(order, facts)) return "key.certificateSha256";
  if (facts.payload)
    if (auto fault = payloadFault(order, *facts.payload); !fault.empty()) return fault;
  return replacesFit(order, facts) ? "" : "replaces";
}

}  // namespace

bool isDone(const WorkOrder& order, const Facts& facts) {
  const bool seals = std::ranges::all_of(order.seals, [&](const auto& target) { return holds(facts, target.sha256); });
  const bool gone = std::ranges::none_of(order.replaces, [&](const Bytes& old) {
    const bool rewritten = std::ranges::any_of(order.seals, [&](const auto& target) { return target.sha256 == old; });
    return !rewritten && holds(facts, old);
  });
  const bool signing = !order.signCertificate || order.signCertificate == facts.keyCertificate;
  const bool encryption = !order.encryptionCertificate || order.encryptionCertificate == facts.encryptionCertificate;
  return seals && gone && signing && encryption;
}

Result<void> check(const WorkOrder& order, const Facts& facts) {
  if (auto clock = checkClock(facts); !clock) return clock;
  if (auto times = checkTimes(order, facts.now); !times) return times;
  if (auto fault = faultOf(order, facts); !fault.empty()) return mismatch(std::move(fault));
  return {};
}

}  // namespace sealferry::order
