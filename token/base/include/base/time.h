// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sealferry {

/// Seconds since 1970-01-01T00:00:00Z. Pure code is handed the time; only programs ask the clock.
using Time = std::int64_t;

/// RFC 3339 in UTC: "2026-11-22T08:00:00Z".
std::string toRfc3339(Time time);
/// RFC 3339 with Z or a numeric offset; a fraction of a second is dropped. Nothing for anything else.
std::optional<Time> fromRfc3339(std::string_view text);

}  // namespace sealferry
