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
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = static_cast<std::uint32_t>(bytes[i]) << 16;
    if (count > 1) group |= static_cast<std::uint32_t>(bytes[i + 1]) << 8;
    if (count > 2) group |= bytes[i + 2];
    text.push_back(base64Digits[group >> 18]);
    text.push_back(base64Digits[group >> 12 & 63]);
    text.push_back(count > 1 ? base64Digits[group >> 6 & 63] : '=');
    text.push_back(count > 2 ? base64Digits[group & 63] : '=');
  }
  return text;
}

std::optional<Bytes> fromBase64(std::string_view text) {
  if (text.empty()) return Bytes{};
  if (text.size() % 4 != 0) return std::nullopt;
  const auto lastCount = bytesInLastGroup(text);
  if (lastCount == 0) return std::nullopt;
  Bytes bytes;
  bytes.reserve(text.size() / 4 * 3);
  for (std::size_t i = 0; i < text.size(); i += 4) {
    const std::size_t count = i + 4 == text.size() ? lastCount : 3;
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 4; ++j) {
      const auto value = j <= count ? base64Values[static_cast<std::uint8_t>(text[i + j])] : std::uint8_t{0};
      if (value == notADigit) return std::nullopt;
      group = group << 6 | value;
    }
    const std::uint32_t rest = count == 1 ? 0xFFFF : count == 2 ? 0xFF : 0;
    if ((group & rest) != 0) return std::nullopt;  // one encoding for each value: nothing may hide in the padding
    for (std::size_t j = 0; j < count; ++j) bytes.push_back(static_cast<std::uint8_t>(group >> (16 - 8 * j)));
  }
  return bytes;
}

}  // namespace sealferry
