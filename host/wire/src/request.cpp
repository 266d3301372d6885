// SPDX-License-Identifier: Apache-2.0
#include "wire/request.h"

#include <algorithm>
#include <vector>

#include "fields.h"
#include "json.h"
#include "params.h"

namespace sealferry::wire {
namespace {

using nlohmann::json;

tl::unexpected<Refusal> refuse(RequestId id, ErrorCode code, std::string_view field = {}) {
  Refusal refusal{std::move(id), Error{code, "parseRequest", 0, {}, {}}};
  if (!field.empty()) refusal.error.detail["field"] = field;
  return tl::unexpected<Refusal>(std::move(refusal));
}

/// JSON-RPC 2.0 §4: a number or a string; fractions and null are of no use here.
std::optional<RequestId> readId(const json& message) {
  const auto member = message.find("id");
  if (member == message.end()) return std::nullopt;
  if (member->is_number_integer()) return member->dump();
  if (member->is_string() && member->get_ref<const std::string&>().size() <= 64) return member->dump();
  return std::nullopt;
}

const MethodRow* findMethod(std::string_view name) {
  const auto methods = methodTable();
  const auto row = std::ranges::find(methods, name, &MethodRow::name);
  return row == methods.end() ? nullptr : &*row;
}

}  // namespace

tl::expected<Request, Refusal> parseRequest(std::string_view text) {
  const auto message = parseStrict(text);
  if (!message || !message->is_object()) return refuse("null", ErrorCode::bad_frame);
  const auto id = readId(*message);
  if (!id) return refuse("null", ErrorCode::bad_frame, "id");

  Fields envelope(*message);
  envelope.take("id");
  if (envelope.text("jsonrpc", 8) != "2.0") envelope.refuse("jsonrpc");
  Request request{*id, envelope.text("method", 64), {}, {}, false, NotYet{}};
  request.origin = envelope.maybeText("origin", 512).value_or("");
  request.topOrigin = envelope.maybeText("topOrigin", 512).value_or("");
  request.gesture = envelope.boolean("gesture", false);
  const auto* given = envelope.maybeObject("params");
  if (!envelope.ok()) return refuse(*id, ErrorCode::bad_request, envelope.wrongField());

  const auto* row = findMethod(request.method);
  if (row == nullptr) return refuse(*id, ErrorCode::unknown_method);
  const json none = json::object();
  Fields fields(given == nullptr ? none : *given);
  request.params = row->read(fields);
  const bool later = std::holds_alternative<NotYet>(request.params);
  if (!later && !fields.ok()) return refuse(*id, ErrorCode::bad_request, fields.wrongField());
  return request;
}

std::span<const std::string_view> methodNames() {
  static const auto names = [] {
    std::vector<std::string_view> list;
    for (const auto& row : methodTable()) list.push_back(row.name);
    return list;
  }();
  return names;
}

}  // namespace sealferry::wire
