// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

namespace sealferry::wire {

/// Parses text that may be hostile: nothing for bad UTF-8, trailing text, a depth over 32, a member named twice, or a
/// number that is out of range. A long string of base64 becomes a binary value, decoded (long_text.h).
std::optional<nlohmann::json> parseStrict(std::string_view text);

}  // namespace sealferry::wire
