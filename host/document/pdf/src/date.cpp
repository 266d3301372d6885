// SPDX-License-Identifier: Apache-2.0
#include "date.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace sealferry::pdf {
namespace {

/// The next `digits` digits as a number; the text must have them all.
std::optional<int> take(std::string_view& text, std::size_t digits) {
  int number = 0;
  if (text.size() < digits) return std::nullopt;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + digits, number);
  if (problem != std::errc{} || end != text.data() + digits || number < 0) return std::nullopt;
  text.remove_prefix(digits);
  return number;
}

/// "+08'00'", "-0530", "Z", or nothing at all; in seconds.
std::optional<Time> readOffset(std::string_view text) {
  if (text.empty() || text.front() == 'Z') return 0;
  const Time sign = text.front() == '+' ? 1 : -1;
  if (text.front() != '+' && text.front() != '-') return std::nullopt;
  text.remove_prefix(1);
  const auto hours = take(text, 2);
  if (!text.empty() && text.front() == '\'') text.remove_prefix(1);
  const auto minutes = text.empty() ? std::optional(0) : take(text, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return sign * (*hours * 3600 + *minutes * 60);
}

/// Year, month, day, hour, minute, second: those at the end may be missing.
std::optional<std::array<int, 6>> readParts(std::string_view& text) {
  std::array<int, 6> parts{0, 1, 1, 0, 0, 0};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0 && (text.empty() || text.front() < '0' || text.front() > '9')) break;
    const auto part = take(text, i == 0 ? 4 : 2);
    if (!part) return std::nullopt;
    parts[i] = *part;
  }
  return parts;
}

}  // namespace

std::optional<Time> readDate(std::string_view text) {
  if (text.starts_with("D:")) text.remove_prefix(2);
  const auto parts = readParts(text);
  const auto offset = readOffset(text);
  if (!parts || !offset) return std::nullopt;
  const auto& [year, month, day, hour, minute, second] = *parts;
  char written[80];
  std::snprintf(written, sizeof written, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, hour, minute, second);
  const auto time = fromRfc3339(written);
  if (!time) return std::nullopt;
  return *time - *offset;
}

}  // namespace sealferry::pdf
