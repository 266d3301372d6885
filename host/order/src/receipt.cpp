// SPDX-License-Identifier: Apache-2.0
#include "order/receipt.h"

#include <algorithm>

#include "message.h"
#include "receipt_json.h"

namespace sealferry::order {
namespace {

template <class T>
using Reader = std::optional<T> (*)(const nlohmann::json&, std::string&);

template <class T>
Result<Signed<T>> readSigned(ByteView cms, Reader<T> reader) {
  auto opened = openMessage(cms);
  if (!opened) return passOn(opened);
  std::string fault;
  auto content = reader(opened->content, fault);
  if (!content) return invalid("json", fault);
  return Signed<T>{*std::move(content), opened->message.signer, std::move(opened->message.certificates)};
}

/// Only what will be read again is signed.
template <class T>
Result<trust::cms::Draft> prepareSigned(const T& content, Reader<T> reader, const trust::Certificate& signer) {
  try {
    const auto written = jsonOf(content);
    std::string fault;
    if (parseStrict(viewOf(written.dump())) == written && reader(written, fault) == content)
      return draftOf(written, signer, {}, std::nullopt);
    return tl::unexpected<Error>(Error{ErrorCode::bad_request, "order::prepare", 0, {}, {{"field", fault}}});
  } catch (const nlohmann::json::exception&) {  // a text that is not UTF-8
    return tl::unexpected<Error>(Error{ErrorCode::bad_request, "order::prepare", 0, {}, {{"field", "text"}}});
  }
}

bool holdsAll(const Holding& holding, const std::vector<SealDigest>& seals) {
  return std::ranges::all_of(
      seals, [&](const auto& seal) { return std::ranges::find(holding.seals, seal.sha256) != holding.seals.end(); });
}

bool holdsNoneOf(const Receipt& receipt, const WorkOrder& order) {
  return std::ranges::none_of(order.replaces, [&](const Bytes& gone) {
    const bool rewritten = std::ranges::any_of(order.seals, [&](const auto& seal) { return seal.sha256 == gone; });
    return !rewritten && std::ranges::find(receipt.after.seals, gone) != receipt.after.seals.end();
  });
}

std::string faultOf(const Receipt& receipt, const WorkOrder& order) {
  if (receipt.number != order.number) return "order";
  if (receipt.nonce != order.nonce) return "nonce";
  if (receipt.origin != order.origin) return "origin";
  if (receipt.operation != order.operation) return "operation";
  if (receipt.keySerial != order.keySerial) return "key.serial";
  if (!holdsAll(receipt.after, order.seals) || !holdsNoneOf(receipt, order)) return "after.seals";
  const auto& expected = order.signCertificate ? order.signCertificate : order.keyCertificate;
  if (receipt.after.certificate != expected) return "after.certificateSha256";
  if (order.encryptionCertificate && receipt.after.encryptionCertificate != order.encryptionCertificate)
    return "after.encryptionCertificateSha256";
  return {};
}

}  // namespace

Result<trust::cms::Draft> prepareReceipt(const Receipt& receipt, const trust::Certificate& signer) {
  auto told = receipt;
  if (told.before) told.before->encryptionCertificate.reset();
  return prepareSigned<Receipt>(told, receiptFrom, signer);
}

Result<Signed<Receipt>> readReceipt(ByteView cms) { return readSigned<Receipt>(cms, receiptFrom); }

Result<void> checkReceipt(const Receipt& receipt, const WorkOrder& order) {
  auto fault = faultOf(receipt, order);
  if (fault.empty()) return {};
  return tl::unexpected<Error>(Error{ErrorCode::order_mismatch, "checkReceipt", 0, {}, {{"field", std::move(fault)}}});
}

Result<trust::cms::Draft> prepareLogin(const Login& login, const trust::Certificate& signer) {
  return prepareSigned<Login>(login, loginFrom, signer);
}

Result<Signed<Login>> readLogin(ByteView cms) { return readSigned<Login>(cms, loginFrom); }

}  // namespace sealferry::order
