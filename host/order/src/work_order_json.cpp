// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "message.h"

namespace sealferry::order {
namespace {

using nlohmann::json;

constexpr std::size_t mostSeals = 16, longestSerial = 128, longestOrigin = 300;

void readKey(WorkOrder& order, const json& key, std::string& fault) {
  ObjectReader reader(key, "key", fault);
  order.keySerial = reader.text("serial", 1, longestSerial);
  order.keyCertificate = reader.digestOrNull("certificateSha256");
  reader.finish();
}

/// No seal twice, by id or by digest.
bool isDistinct(const std::vector<SealDigest>& seals, const SealDigest& next) {
  return std::ranges::none_of(seals, [&](const auto& one) { return one.id == next.id || one.sha256 == next.sha256; });
}

void readSeals(WorkOrder& order, const json& list, std::string& fault) {
  for (const auto& entry : list) {
    ObjectReader reader(entry, "write.seals", fault);
    SealDigest seal{reader.text("id", 1, 128), reader.digest("sha256")};
    reader.finish();
    if (fault.empty() && !isDistinct(order.seals, seal)) fault = "write.seals";
    order.seals.push_back(std::move(seal));
  }
}

void readWrite(WorkOrder& order, const json& write, std::string& fault) {
  ObjectReader reader(write, "write", fault);
  readSeals(order, reader.array("seals", mostSeals), fault);
  order.signCertificate = reader.digestOrNull("signCertificateSha256");
  order.encryptionCertificate = reader.digestOrNull("encryptionCertificateSha256");
  reader.finish();
}

Operation readOperation(ObjectReader& reader, std::string& fault) {
  const auto operation = operationNamed(reader.text("operation", 1, 32));
  if (!operation && fault.empty()) fault = "operation";
  return operation.value_or(Operation::annualInspection);
}

json sealsOf(const WorkOrder& order) {
  auto seals = json::array();
  for (const auto& seal : order.seals) seals.push_back({{"id", seal.id}, {"sha256", toHex(seal.sha256)}});
  return seals;
}

}  // namespace

std::optional<WorkOrder> workOrderFrom(const json& content, std::string& fault) {
  WorkOrder order;
  ObjectReader reader(content, "", fault);
  reader.constant("type", "sealferry-work-order");
  reader.constant("version", 1);
  order.number = reader.text("order", 1, 64);
  if (!isToken(order.number) && fault.empty()) fault = "order";
  order.operation = readOperation(reader, fault);
  order.origin = reader.text("origin", 1, longestOrigin);
  readKey(order, reader.object("key"), fault);
  readWrite(order, reader.object("write"), fault);
  order.replaces = reader.digests("replaces", mostSeals);
  order.allowInPlace = reader.flag("allowInPlace");
  order.notBefore = reader.time("notBefore");
  order.notAfter = reader.time("notAfter");
  order.nonce = reader.base64("nonce", 16, 64);
  reader.finish();
  if (order.notBefore > order.notAfter && fault.empty()) fault = "notAfter";
  if (!fault.empty()) return std::nullopt;
  return order;
}

std::string toJson(const WorkOrder& order) {
  return json{{"type", "sealferry-work-order"},
              {"version", 1},
              {"order", order.number},
              {"operation", std::string(nameOf(order.operation))},
              {"origin", order.origin},
              {"key", {{"serial", order.keySerial}, {"certificateSha256", hexOrNull(order.keyCertificate)}}},
              {"write",
               {{"seals", sealsOf(order)},
                {"signCertificateSha256", hexOrNull(order.signCertificate)},
                {"encryptionCertificateSha256", hexOrNull(order.encryptionCertificate)}}},
              {"replaces", hexList(order.replaces)},
              {"allowInPlace", order.allowInPlace},
              {"notBefore", toRfc3339(order.notBefore)},
              {"notAfter", toRfc3339(order.notAfter)},
              {"nonce", toBase64(order.nonce)}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace sealferry::order
