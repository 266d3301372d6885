// SPDX-License-Identifier: Apache-2.0
#include "base/digest.h"
#include "base/log.h"
#include "inspection.h"
#include "order/receipt.h"
#include "pki/order_signer.h"
#include "seal/picture.h"

namespace sealferry::portal {
namespace {

using nlohmann::json;

json previewOf(const seal::Seal& seal) {
  const auto info = seal::inspectPicture(seal.picture.data);
  return {{"id", seal.id},
          {"name", seal.name},
          {"notBefore", toRfc3339(seal.notBefore)},
          {"notAfter", toRfc3339(seal.notAfter)},
          {"widthMm", seal.picture.widthMm},
          {"heightMm", seal.picture.heightMm},
          {"picture",
           {{"mediaType", info ? seal::mediaType(info->kind) : "application/octet-stream"},
            {"data", toBase64(seal.picture.data)}}}};
}

json previewOf(const trust::Certificate& certificate) {
  return {{"subject", certificate.subject()},
          {"notBefore", toRfc3339(certificate.notBefore())},
          {"notAfter", toRfc3339(certificate.notAfter())}};
}

}  // namespace

std::vector<seal::Seal> Inspection::newSeals(const std::string& number) {
  std::vector<seal::Seal> seals;
  auto use = database_.use();
  const soci::rowset<std::string> rows =
      (use.sql().prepare << "SELECT hex(der) FROM work_order_seals WHERE number = :n ORDER BY id", soci::use(number));
  for (const auto& row : rows)
    if (auto seal = seal::read(blobOf(row), seal::Strictness::strict)) seals.push_back(std::move(*seal));
  return seals;
}

std::optional<trust::Certificate> Inspection::renewedCertificate(const std::string& number) {
  std::string hexadecimal;
  auto use = database_.use();
  use.sql() << "SELECT hex(sign_certificate) FROM work_orders WHERE number = :n", soci::into(hexadecimal),
      soci::use(number);
  auto certificate = trust::Certificate::fromDer(blobOf(hexadecimal));
  if (!certificate) return std::nullopt;
  return std::move(*certificate);
}

Answer<json> Inspection::authorise(const User& user, const std::string& number) {
  const auto order = find(user, number);
  if (!order) return passOn(order);
  if (order->state != "ready") return refuse("order_not_ready");
  const bool renews = order->kind == "annualInspection";
  const auto certificate = renews ? renewedCertificate(number) : std::nullopt;
  const auto work = pki::requestWorkOrder(setting_.signer, number);
  if (renews && !certificate) return refuse("internal");
  if (!work) {
    log::writeError(work.error(), "requestWorkOrder");
    return refuse("signer_missing");
  }
  json seals = json::array(), previews = json::array();
  for (const auto& seal : newSeals(number)) {
    seals.push_back(toBase64(seal.der));
    previews.push_back(previewOf(seal));
  }
  return json{{"time", toRfc3339(setting_.clock())},
              {"order", toBase64(*work)},
              {"seals", seals},
              {"signCertificate", certificate ? json(certificate->pem()) : json()},
              {"preview", {{"seals", previews}, {"certificate", certificate ? previewOf(*certificate) : json()}}}};
}

/// With whose key a receipt of this order is signed: the renewed certificate's, or the one the key keeps.
std::optional<trust::Certificate> Inspection::signerAfter(const Order& order) {
  if (order.kind == "annualInspection") return renewedCertificate(order.number);
  auto certificate = trust::Certificate::fromDer(order.certificate);
  if (!certificate) return std::nullopt;
  return std::move(*certificate);
}

/// The order as the signer signs it, but for its dates: what a receipt is compared with.
order::WorkOrder Inspection::workOrderOf(const Order& order, const trust::Certificate& signer) {
  std::string nonce;
  {
    auto use = database_.use();
    use.sql() << "SELECT hex(nonce) FROM work_orders WHERE number = :n", soci::into(nonce), soci::use(order.number);
  }
  const bool renews = order.kind == "annualInspection";
  order::WorkOrder work;
  work.number = order.number;
  work.operation = renews ? order::Operation::annualInspection : order::Operation::unblock;
  work.origin = setting_.origin;
  work.keySerial = order.key.at("serial").get<std::string>();
  (renews ? work.signCertificate : work.keyCertificate) = signer.sha256();
  work.nonce = blobOf(nonce);
  for (const auto& seal : newSeals(order.number)) work.seals.push_back({seal.id, sha256(seal.der)});
  for (const auto& held : order.key.at("seals"))
    if (auto digest = fromHex(held.at("sha256").get<std::string>())) work.replaces.push_back(*digest);
  return work;
}

Answer<Order> Inspection::close(const User& user, const std::string& number, ByteView receipt) {
  const auto order = find(user, number);
  if (!order) return passOn(order);
  const auto signer = signerAfter(*order);
  const auto read = order::readReceipt(receipt);
  if (!signer || !read || read->signer != *signer) return refuse("receipt_invalid");
  if (!order::checkReceipt(read->content, workOrderOf(*order, *signer))) return refuse("receipt_invalid");
  if (order->state == "ready") book_.close(number, receipt, setting_.clock());
  return find(user, number);
}

}  // namespace sealferry::portal
