// SPDX-License-Identifier: Apache-2.0
#include "order_facts.h"

#include "base/digest.h"

namespace sealferry::operation {
namespace {

Result<std::optional<trust::Certificate>> readCertificate(const std::optional<Bytes>& der) {
  if (!der) return std::optional<trust::Certificate>{};
  auto certificate = trust::Certificate::fromDer(*der);
  if (!certificate) return passOn(certificate);
  return std::optional(std::move(*certificate));
}

/// The terminal's user has the order in hand: the site it was made for stays what it is.
std::string askedFrom(const Call& call, const order::WorkOrder& order) {
  return call.caller.commandLine ? order.origin : call.caller.origin;
}

}  // namespace

Result<order::WorkOrder> openOrder(Context& context, ByteView cms) {
  return order::open(cms, context.orderAnchors, context.orderSigners, context.clock());
}

Result<std::unique_ptr<token::Session>> openKeyOf(Context& context, const order::WorkOrder& order) {
  auto session = context.keys.open(order.keySerial);
  if (session || session.error().code != ErrorCode::no_key) return session;
  const auto others = context.keys.keys();
  if (!others || others->empty()) return session;
  auto failure = fail(ErrorCode::order_mismatch, "openKeyOf");
  failure.value().detail["field"] = "key.serial";
  return failure;
}

Result<order::Facts> factsOf(Context& context, const Call& call, const order::WorkOrder& order,
                             std::initializer_list<order::Operation> operations, token::Session& session) {
  const auto info = session.info();
  if (!info) return passOn(info);
  const auto holding = holdingOf(session);
  if (!holding) return passOn(holding);
  const auto seals = heldSeals(session);
  if (!seals) return passOn(seals);
  const auto pending = session.pending();
  if (!pending) return passOn(pending);
  const auto certificates = heldCertificates(session);
  if (!certificates) return passOn(certificates);
  order::Facts facts;
  facts.operations = operations;
  facts.origin = askedFrom(call, order);
  facts.keySerial = info->serial;
  facts.keyCertificate = holding->certificate;
  facts.encryptionCertificate = holding->encryptionCertificate;
  for (const auto& one : *certificates)
    if (one.use == token::KeyUse::signing && !one.hasPrivateKey)
      facts.staleCertificates.push_back(one.certificate.sha256());
  for (const auto& seal : *seals) facts.heldSeals.push_back({seal.name, sha256(seal.der)});
  facts.orderPending = *pending && (*pending)->order == order.number;
  facts.now = context.clock();
  return facts;
}

order::Payload ReadPayload::digests() const {
  order::Payload payload;
  for (std::size_t i = 0; i < seals.size(); ++i) payload.seals.push_back({seals[i].id, sha256(ders[i])});
  if (signCertificate) payload.signCertificate = signCertificate->sha256();
  if (encryptionCertificate) payload.encryptionCertificate = encryptionCertificate->sha256();
  return payload;
}

Result<ReadPayload> readPayload(const wire::Write& write) {
  ReadPayload payload;
  for (const auto& der : write.seals) {
    auto seal = seal::read(der, seal::Strictness::lenient);
    if (!seal) return passOn(seal);
    payload.ders.push_back(der);
    payload.seals.push_back(std::move(*seal));
  }
  auto signing = readCertificate(write.signCertificate);
  if (!signing) return passOn(signing);
  auto encryption = readCertificate(write.encryptionCertificate);
  if (!encryption) return passOn(encryption);
  payload.signCertificate = std::move(*signing);
  payload.encryptionCertificate = std::move(*encryption);
  payload.encryptionKey = write.encryptionKey;
  return payload;
}

token::ChangeTarget targetOf(const order::WorkOrder& order) {
  token::ChangeTarget target{order.number, {}, order.signCertificate, order.encryptionCertificate};
  for (const auto& seal : order.seals) target.blobs.push_back(seal.sha256);
  return target;
}

}  // namespace sealferry::operation
