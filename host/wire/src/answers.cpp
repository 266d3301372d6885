// SPDX-License-Identifier: Apache-2.0
#include "wire/answers.h"

#include "shapes.h"

namespace sealferry::wire {
namespace {

/// Texts may come from a certificate or a label: what is no UTF-8 becomes U+FFFD instead of an exception.
std::string dump(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

std::string message(json body) {
  body["jsonrpc"] = "2.0";
  return dump(body);
}

}  // namespace

std::string encode(const HelloAnswer& value) { return dump(shape(value)); }
std::string encode(const StatusAnswer& value) { return dump(shape(value)); }
std::string encode(const TrustAnswer& value) { return dump({{"outcome", value.outcome}, {"rights", value.rights}}); }
std::string encode(const KeyList& value) { return dump({{"keys", shapes(value.keys)}}); }
std::string encode(const KeyView& value) { return dump(shape(value)); }
std::string encode(const LoginAnswer& value) { return dump({{"message", toBase64(value.message)}}); }
std::string encode(const RequestAnswer& value) { return dump({{"request", value.request}}); }
std::string encode(const WriteAnswer& value) { return dump(shape(value)); }
std::string encode(const UnblockAnswer& value) { return dump(shape(value)); }
std::string encode(const StateAnswer& value) { return dump({{"state", value.state}}); }
std::string encode(const StampAnswer& value) { return dump(shape(value)); }
std::string encode(const StampedAnswer& value) { return dump(shape(value)); }
std::string encode(const TimestampedAnswer& value) { return dump(shape(value)); }
std::string encode(const ReportView& value) { return dump(shape(value)); }
std::string encode(const VerdictView& value) { return dump(shape(value)); }
std::string encode(const DocumentAnswer& value) { return dump({{"document", value.document}}); }
std::string encode(const ReceivedAnswer& value) { return dump({{"received", value.received}}); }
/// Put together by hand: base64 needs no escaping, and a writer that looks for it looks at each letter.
std::string encode(const PartAnswer& value) {
  std::string text = R"({"data":")" + toBase64(value.data) + R"(","size":)" + std::to_string(value.size);
  if (value.sha256) text += R"(,"sha256":)" + dump(*value.sha256);
  return text + "}";
}
std::string encode(const Done&) { return "{}"; }

std::string resultMessage(const RequestId& id, std::string_view result) {
  std::string text = R"({"jsonrpc":"2.0","id":)" + id + R"(,"result":)";
  text.append(result);
  text.push_back('}');
  return text;
}

std::string errorMessage(const RequestId& id, const Error& error, std::string_view logReference) {
  const auto& row = errorRow(error.code);
  json data = {{"name", row.name}, {"retry", row.retry}, {"logRef", logReference}};
  if (error.triesLeft) data["triesLeft"] = *error.triesLeft;
  if (!error.detail.empty()) data["detail"] = error.detail;
  const json body = {{"code", static_cast<int>(row.code)}, {"message", row.name}, {"data", std::move(data)}};
  return R"({"jsonrpc":"2.0","id":)" + id + R"(,"error":)" + dump(body) + "}";
}

std::string progressMessage(const RequestId& id, std::string_view step, unsigned done, unsigned total) {
  return message({{"method", "progress"},
                  {"params", {{"id", json::parse(id)}, {"step", step}, {"done", done}, {"total", total}}}});
}

std::string promptMessage(const RequestId& id, std::string_view what) {
  return message({{"method", "prompt"}, {"params", {{"id", json::parse(id)}, {"what", what}}}});
}

std::string keyInsertedMessage(std::string_view serial, std::string_view label) {
  return message({{"method", "keyInserted"}, {"params", {{"serial", serial}, {"label", label}}}});
}

std::string keyRemovedMessage(std::string_view serial) {
  return message({{"method", "keyRemoved"}, {"params", {{"serial", serial}}}});
}

}  // namespace sealferry::wire
