// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>

namespace sealferry::desk {

/// The first of two neighbouring TCP ports that nobody listens at just now.
std::optional<std::uint16_t> twoFreePorts();

}  // namespace sealferry::desk
