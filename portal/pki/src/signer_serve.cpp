// SPDX-License-Identifier: Apache-2.0
#include "signer_serve.h"

#include <nlohmann/json.hpp>

#include "sign_order.h"

namespace sealferry::pki {
namespace {

using nlohmann::json;

std::string refusal(const std::string& name, const std::string& reason = {}) {
  json answer{{"error", name}};
  if (!reason.empty()) answer["reason"] = reason;
  return answer.dump();
}

/// The order's number, if the request is exactly one.
std::optional<std::string> numberIn(const std::string& request) {
  const auto content = json::parse(request, nullptr, false);
  if (!content.is_object() || content.size() != 1 || !content.contains("order")) return std::nullopt;
  const auto& number = content.at("order");
  if (!number.is_string()) return std::nullopt;
  return number.get<std::string>();
}

std::string wordIn(const Error& error, const char* name) {
  const auto found = error.detail.find(name);
  return found == error.detail.end() ? std::string{} : found->second;
}

}  // namespace

std::string answerTo(const std::string& request, const OrderKeys& keys, const SignerSetting& setting, Time now) {
  const auto number = numberIn(request);
  if (!number) return refusal("bad_request");
  const auto stored = readOrder(setting.database, *number);
  if (!stored) return refusal("internal");
  if (!*stored) return refusal("no_such_order");
  const auto order = signOrder(**stored, keys, setting.origin, now);
  if (order) return json{{"workOrder", toBase64(*order)}}.dump();
  const auto reason = wordIn(order.error(), "reason");
  return reason.empty() ? refusal("internal") : refusal(reason, wordIn(order.error(), "field"));
}

}  // namespace sealferry::pki
