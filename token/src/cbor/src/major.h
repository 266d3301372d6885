// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

namespace sealferry::cbor {

// RFC 8949 §3.1, the major types in use; §3.3, the simple values.
constexpr std::uint8_t majorNumber = 0, majorBytes = 2, majorText = 3, majorArray = 4;
constexpr std::uint8_t itemFalse = 0xF4, itemTrue = 0xF5, itemNull = 0xF6;

/// How many bytes follow the head for this argument in the shortest form: 0, 1, 2, 4 or 8 (RFC 8949 §4.2.1).
constexpr int argumentSize(std::uint64_t argument) {
  if (argument < 24) return 0;
  if (argument <= 0xFF) return 1;
  if (argument <= 0xFFFF) return 2;
  return argument <= 0xFFFFFFFF ? 4 : 8;
}

constexpr std::uint8_t lowBitsOf(int size) {
  return static_cast<std::uint8_t>(size == 1 ? 24 : size == 2 ? 25 : size == 4 ? 26 : 27);
}

}  // namespace sealferry::cbor
