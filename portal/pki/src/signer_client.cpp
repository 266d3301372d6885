// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "pki/order_signer.h"
#include "signer_door.h"

namespace sealferry::pki {
namespace {

using nlohmann::json;

tl::unexpected<Error> refused(const json& answer) {
  Error error{ErrorCode::order_invalid, "requestWorkOrder", 0, {}, {}};
  for (const auto& [ours, theirs] : {std::pair{"reason", "error"}, {"field", "reason"}})
    if (answer.contains(theirs) && answer.at(theirs).is_string()) error.detail[ours] = answer.at(theirs);
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace

Result<Bytes> requestWorkOrder(const std::filesystem::path& socket, std::string_view number) {
  const auto peer = connectTo(socket);
  if (!peer || !sendText(peer, json{{"order", number}}.dump(-1, ' ', true, json::error_handler_t::replace)))
    return fail(ErrorCode::internal, "signer");
  const auto text = receiveText(peer);
  const auto answer = text ? json::parse(*text, nullptr, false) : json();
  if (!answer.is_object()) return fail(ErrorCode::internal, "signer");
  if (!answer.contains("workOrder") || !answer.at("workOrder").is_string()) return refused(answer);
  auto order = fromBase64(answer.at("workOrder").get<std::string>());
  if (!order) return fail(ErrorCode::internal, "signer");
  return *std::move(order);
}

}  // namespace sealferry::pki
