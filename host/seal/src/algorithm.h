// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string_view>

namespace sealferry::seal {

/// SM2-with-SM3 (GM/T 0006): the only algorithm seals are signed with, written as a bare OBJECT IDENTIFIER.
inline constexpr std::string_view sm2WithSm3 = "1.2.156.10197.1.501";
/// Bytes of a digest by SM3.
inline constexpr std::size_t sm3Bytes = 32;

}  // namespace sealferry::seal
