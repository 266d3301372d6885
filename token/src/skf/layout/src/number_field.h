// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>

namespace sealferry::skf {

/// Bytes of a number of 256 bits, and of the field that has it at its right end.
constexpr std::size_t number256 = 32, field = 64;

}  // namespace sealferry::skf
