// SPDX-License-Identifier: Apache-2.0
#include "receipt_json.h"

namespace sealferry::order {
namespace {

using nlohmann::json;

constexpr std::size_t mostHeldSeals = 64;

json jsonOfBefore(const std::optional<Holding>& before) {
  if (!before) return nullptr;
  return {{"certificateSha256", hexOrNull(before->certificate)}, {"seals", hexList(before->seals)}};
}

json jsonOfAfter(const Holding& after) {
  return {{"certificateSha256", hexOrNull(after.certificate)},
          {"encryptionCertificateSha256", hexOrNull(after.encryptionCertificate)},
          {"seals", hexList(after.seals)}};
}

std::optional<Holding> beforeFrom(const json& value, std::string& fault) {
  if (!value.is_object()) return std::nullopt;
  ObjectReader reader(value, "before", fault);
  Holding out;
  out.certificate = reader.digestOrNull("certificateSha256");
  out.seals = reader.digests("seals", mostHeldSeals);
  reader.finish();
  return out;
}

Holding afterFrom(const json& value, std::string& fault) {
  ObjectReader reader(value, "after", fault);
  Holding out;
  out.certificate = reader.digestOrNull("certificateSha256");
  out.encryptionCertificate = reader.digestOrNull("encryptionCertificateSha256");
  out.seals = reader.digests("seals", mostHeldSeals);
  reader.finish();
  return out;
}

std::string serialFrom(const json& value, std::string& fault) {
  ObjectReader reader(value, "key", fault);
  auto serial = reader.text("serial", 1, 128);
  reader.finish();
  return serial;
}

std::optional<std::string> siteFrom(const json& value, std::string& fault) {
  ObjectReader reader(value, "caller", fault);
  std::optional<std::string> site;
  if (reader.has("site"))
    site = reader.text("site", 1, 300);
  else
    reader.constant("commandLine", true);
  reader.finish();
  return site;
}

void readOperation(Receipt& receipt, ObjectReader& reader, std::string& fault) {
  const auto operation = operationNamed(reader.text("operation", 1, 32));
  if (!operation && fault.empty()) fault = "operation";
  receipt.operation = operation.value_or(Operation::annualInspection);
}

}  // namespace

json jsonOf(const Receipt& receipt) {
  return {{"type", "sealferry-receipt"},
          {"version", 1},
          {"order", receipt.number},
          {"nonce", toBase64(receipt.nonce)},
          {"origin", receipt.origin},
          {"operation", std::string(nameOf(receipt.operation))},
          {"key", {{"serial", receipt.keySerial}}},
          {"before", jsonOfBefore(receipt.before)},
          {"after", jsonOfAfter(receipt.after)},
          {"host", receipt.hostVersion},
          {"time", toRfc3339(receipt.time)},
          {"caller", receipt.site ? json{{"site", *receipt.site}} : json{{"commandLine", true}}}};
}

std::optional<Receipt> receiptFrom(const json& content, std::string& fault) {
  Receipt receipt;
  ObjectReader reader(content, "", fault);
  reader.constant("type", "sealferry-receipt");
  reader.constant("version", 1);
  receipt.number = reader.text("order", 1, 64);
  receipt.nonce = reader.base64("nonce", 16, 64);
  receipt.origin = reader.text("origin", 1, 300);
  readOperation(receipt, reader, fault);
  receipt.keySerial = serialFrom(reader.object("key"), fault);
  receipt.before = beforeFrom(reader.objectOrNull("before"), fault);
  receipt.after = afterFrom(reader.object("after"), fault);
  receipt.hostVersion = reader.text("host", 1, 64);
  receipt.time = reader.time("time");
  receipt.site = siteFrom(reader.object("caller"), fault);
  reader.finish();
  if (!fault.empty()) return std::nullopt;
  return receipt;
}

json jsonOf(const Login& login) {
  return {{"type", "sealferry-login"},
          {"origin", login.origin},
          {"nonce", toBase64(login.nonce)},
          {"time", toRfc3339(login.time)}};
}

std::optional<Login> loginFrom(const json& content, std::string& fault) {
  Login login;
  ObjectReader reader(content, "", fault);
  reader.constant("type", "sealferry-login");
  login.origin = reader.text("origin", 1, 300);
  login.nonce = reader.base64("nonce", 32, 128);
  login.time = reader.time("time");
  reader.finish();
  if (!fault.empty()) return std::nullopt;
  return login;
}

}  // namespace sealferry::order
