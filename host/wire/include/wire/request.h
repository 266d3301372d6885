// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string_view>

#include "base/result.h"
#include "wire/messages.h"

namespace sealferry::wire {

/// What could be read of a request that was refused: where the answer goes.
struct Refusal {
  RequestId id = "null";
  Error error;
};

/// Reads one request, strictly: UTF-8, depth ≤ 32, no member twice, no member unknown, every type and size as
/// docs/protocol.md says. bad_frame for what is no JSON or no JSON-RPC, unknown_method, else bad_request with detail
/// field.
tl::expected<Request, Refusal> parseRequest(std::string_view text);

/// The names of all methods, those of later releases too.
std::span<const std::string_view> methodNames();

}  // namespace sealferry::wire
