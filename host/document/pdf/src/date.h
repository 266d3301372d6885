// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string_view>

#include "base/time.h"

namespace sealferry::pdf {

/// A date (ISO 32000-1 §7.9.4): D:YYYYMMDDHHmmSS and an offset from UTC; whatever is left out from the right is its
/// least value, an offset that is left out is taken for UTC. Nothing if it is none.
std::optional<Time> readDate(std::string_view text);

}  // namespace sealferry::pdf
