// SPDX-License-Identifier: Apache-2.0
#include "sign_order.h"

#include <algorithm>

#include "base/digest.h"
#include "order/work_order.h"
#include "seal/seal.h"

namespace sealferry::pki {
namespace {

constexpr Time life = 900, backdate = 60;
constexpr std::size_t digestBytes = 32;

tl::unexpected<Error> refused(std::string reason, std::string field = {}) {
  Error error{ErrorCode::order_invalid, "signOrder", 0, {}, {{"reason", std::move(reason)}}};
  if (!field.empty()) error.detail["field"] = std::move(field);
  return tl::unexpected<Error>(std::move(error));
}

tl::unexpected<Error> unfit(std::string field) { return refused("order_unfit", std::move(field)); }

bool isGood(const std::optional<Bytes>& der, const OrderKeys& keys, trust::Purpose::Use use, Time now) {
  if (!der) return true;
  const auto certificate = trust::Certificate::fromDer(*der);
  return certificate && trust::checkChain(*certificate, {}, keys.keyAnchors, now, {.use = use}).trusted;
}

/// The seal must stamp with the certificate the key will hold; of one that stays only the digest is known here.
bool listsTheSigner(const seal::Seal& seal, const StoredOrder& stored) {
  if (stored.signCertificate) return seal::listsCertificate(seal, *stored.signCertificate);
  const auto held = [&](const Bytes& entry) { return sha256(entry) == stored.keyCertificateSha256; };
  return std::ranges::any_of(seal.signers.entries, held);
}

bool isGood(const StoredOrder::StoredSeal& stored, const StoredOrder& order, const OrderKeys& keys, Time now) {
  const auto seal = seal::read(stored.der, seal::Strictness::strict);
  if (!seal || seal->id != stored.id || !listsTheSigner(*seal, order)) return false;
  return seal::check(*seal, keys.sealAnchors, now, seal::Strictness::strict).outcome == seal::Outcome::valid;
}

std::vector<Bytes> split(const Bytes& digests) {
  std::vector<Bytes> out;
  for (std::size_t at = 0; at < digests.size(); at += digestBytes)
    out.push_back(copyOf(ByteView(digests).subspan(at, digestBytes)));
  return out;
}

std::optional<Bytes> digestOf(const std::optional<Bytes>& der) {
  if (!der) return std::nullopt;
  return sha256(*der);
}

order::WorkOrder workOrderOf(const StoredOrder& stored, order::Operation operation, Time now) {
  order::WorkOrder out;
  out.number = stored.number;
  out.operation = operation;
  out.origin = stored.origin;
  out.keySerial = stored.keySerial;
  out.keyCertificate = stored.keyCertificateSha256;
  for (const auto& seal : stored.seals) out.seals.push_back({seal.id, sha256(seal.der)});
  out.signCertificate = digestOf(stored.signCertificate);
  out.encryptionCertificate = digestOf(stored.encryptionCertificate);
  out.replaces = split(stored.replaces);
  out.allowInPlace = stored.allowInPlace;
  out.notBefore = now - backdate;
  out.notAfter = now + life;
  out.nonce = stored.nonce;
  return out;
}

bool writesNothing(const StoredOrder& stored) {
  return stored.seals.empty() && !stored.signCertificate && !stored.encryptionCertificate && stored.replaces.empty();
}

std::string faultOf(const StoredOrder& stored, const OrderKeys& keys, const std::string& origin, Time now) {
  using Use = trust::Purpose::Use;
  if (stored.origin != origin) return "origin";
  // An order to unblock binds the key it was asked for, and can be made to write nothing.
  const bool unblocks = stored.operation == order::nameOf(order::Operation::unblock);
  if (unblocks && (!writesNothing(stored) || !stored.keyCertificateSha256)) return "operation";
  if (stored.replaces.size() % digestBytes != 0) return "replaces";
  if (!isGood(stored.signCertificate, keys, Use::signing, now)) return "signCertificate";
  if (!isGood(stored.encryptionCertificate, keys, Use::encryption, now)) return "encryptionCertificate";
  const auto good = [&](const auto& seal) { return isGood(seal, stored, keys, now); };
  return std::ranges::all_of(stored.seals, good) ? "" : "seals";
}

}  // namespace

Result<Bytes> signOrder(const StoredOrder& stored, const OrderKeys& keys, const std::string& origin, Time now) {
  if (stored.state != "ready") return refused("order_not_ready");
  const auto operation = order::operationNamed(stored.operation);
  if (!operation) return unfit("operation");
  if (auto fault = faultOf(stored, keys, origin, now); !fault.empty()) return unfit(std::move(fault));
  const auto& signer = keys.signer;
  const auto draft = order::prepare(workOrderOf(stored, *operation, now), signer.certificate, {}, now);
  if (!draft) return unfit("order");
  const auto value = signer.key.sign(draft->algorithm(), draft->digest());
  if (!value) return passOn(value);
  return draft->finish(*value);
}

}  // namespace sealferry::pki
