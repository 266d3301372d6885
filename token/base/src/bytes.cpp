// SPDX-License-Identifier: Apache-2.0
#include "base/bytes.h"

#include <algorithm>
#include <array>

namespace sealferry {
namespace {

constexpr std::string_view base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t notADigit = 0xFF;

std::uint8_t hexValue(char digit) {
  if (digit >= '0' && digit <= '9') return static_cast<std::uint8_t>(digit - '0');
  if (digit >= 'a' && digit <= 'f') return static_cast<std::uint8_t>(digit - 'a' + 10);
  if (digit >= 'A' && digit <= 'F') return static_cast<std::uint8_t>(digit - 'A' + 10);
  return notADigit;
}

constexpr std::array<std::uint8_t, 256> base64Values = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(notADigit);
  for (std::size_t i = 0; i < base64Digits.size(); ++i)
    values[static_cast<std::uint8_t>(base64Digits[i])] = static_cast<std::uint8_t>(i);
  return values;
}();

/// The value of four digits; more than 24 bits if one of them is none.
std::uint32_t groupOf(std::string_view digits) {
  const auto value = [&](std::size_t at) { return std::uint32_t{base64Values[static_cast<std::uint8_t>(digits[at])]}; };
  return value(0) << 18 | value(1) << 12 | value(2) << 6 | value(3) |
         (value(0) | value(1) | value(2) | value(3)) >> 6 << 24;
}

/// How many bytes the last four digits hold: 3 without padding, 2 or 1 with it; 0 if the padding is wrong.
std::size_t bytesInLastGroup(std::string_view text) {
  const bool one = text[text.size() - 1] == '=';
  const bool two = text[text.size() - 2] == '=';
  if (two && !one) return 0;
  return two ? 1 : one ? 2 : 3;
}

}  // namespace

ByteView viewOf(std::string_view text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }

std::string textOf(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

Bytes copyOf(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

std::string toHex(ByteView bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const auto byte : bytes) {
    text.push_back(digits[byte >> 4]);
    text.push_back(digits[byte & 0x0F]);
  }
  return text;
}

std::optional<Bytes> fromHex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  Bytes bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const auto high = hexValue(text[i]);
    const auto low = hexValue(text[i + 1]);
    if (high == notADigit || low == notADigit) return std::nullopt;
    bytes.push_back(static_cast<std::uint8_t>(high << 4 | low));
  }
  return bytes;
}

std::string toBase64(ByteView bytes) {
  std::string text((bytes.size() + 2) / 3 * 4, '=');
  char* to = text.data();
  const auto put = [&](std::uint32_t group, unsigned digits) {
    for (unsigned i = 0; i < digits; ++i) *to++ = base64Digits[group >> (18 - 6 * i) & 63];
  };
  while (bytes.size() >= 3) {
    put(std::uint32_t{bytes[0]} << 16 | std::uint32_t{bytes[1]} << 8 | bytes[2], 4);
    bytes = bytes.subspan(3);
  }
  if (bytes.size() == 2) put(std::uint32_t{bytes[0]} << 16 | std::uint32_t{bytes[1]} << 8, 3);
  if (bytes.size() == 1) put(std::uint32_t{bytes[0]} << 16, 2);
  return text;
}

std::optional<Bytes> fromBase64(std::string_view text) {
  if (text.empty()) return Bytes{};
  if (text.size() % 4 != 0) return std::nullopt;
  const auto lastCount = bytesInLastGroup(text);
  if (lastCount == 0) return std::nullopt;
  Bytes bytes(text.size() / 4 * 3);
  auto* to = bytes.data();
  const auto whole = lastCount == 3 ? text : text.substr(0, text.size() - 4);
  for (std::size_t i = 0; i < whole.size(); i += 4) {
    const auto group = groupOf(whole.substr(i, 4));
    if (group > 0xFFFFFF) return std::nullopt;
    *to++ = static_cast<std::uint8_t>(group >> 16);
    *to++ = static_cast<std::uint8_t>(group >> 8);
    *to++ = static_cast<std::uint8_t>(group);
  }
  if (lastCount == 3) return bytes;
  const char last[] = {text[text.size() - 4], text[text.size() - 3], lastCount == 2 ? text[text.size() - 2] : 'A', 'A'};
  const auto group = groupOf({last, 4});
  const std::uint32_t rest = lastCount == 1 ? 0xFFFF : 0xFF;
  if (group > 0xFFFFFF || (group & rest) != 0) return std::nullopt;  // one encoding for each value
  for (std::size_t j = 0; j < lastCount; ++j) *to++ = static_cast<std::uint8_t>(group >> (16 - 8 * j));
  bytes.resize(bytes.size() - 3 + lastCount);
  return bytes;
}

}  // namespace sealferry
