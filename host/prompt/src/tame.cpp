// SPDX-License-Identifier: Apache-2.0
#include <cstdint>

#include "prompt/words.h"

namespace sealferry::prompt {
namespace {

constexpr char32_t malformed = 0xFFFFFFFF;

/// The next code point, taken off the text; `malformed` for what is no UTF-8 (one byte is then taken off).
char32_t takeCodePoint(std::string_view& text) {
  const auto first = static_cast<std::uint8_t>(text.front());
  const std::size_t size = first < 0x80 ? 1 : first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : first >> 3 == 30 ? 4 : 0;
  if (size == 0 || text.size() < size) {
    text.remove_prefix(1);
    return malformed;
  }
  char32_t point = size == 1 ? first : first & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    const auto next = static_cast<std::uint8_t>(text[i]);
    if (next >> 6 != 2) {
      text.remove_prefix(1);
      return malformed;
    }
    point = point << 6 | (next & 0x3FU);
  }
  text.remove_prefix(size);
  return point;
}

bool isSpace(char32_t point) {
  return point <= 0x20 || point == 0x7F || point == 0x85 || point == 0xA0 || point == 0x1680 ||
         (point >= 0x2000 && point <= 0x200A) || point == 0x2028 || point == 0x2029 || point == 0x3000;
}

/// Marks that turn, join or hide the text around them: Unicode bidirectional controls, zero-width characters, other
/// controls, tags, private use, surrogates.
bool isTrick(char32_t point) {
  return (point >= 0x80 && point < 0xA0) || point == 0xAD || point == 0x61C || (point >= 0x200B && point <= 0x200F) ||
         (point >= 0x202A && point <= 0x202E) || (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF ||
         (point >= 0xD800 && point <= 0xF8FF) || (point >= 0xFFF0 && point <= 0xFFFB) || point >= 0xE0000;
}

}  // namespace

std::string tame(std::string_view text, std::size_t longest) {
  std::string result;
  std::size_t count = 0;
  bool space = false;
  while (!text.empty()) {
    const auto rest = text;
    const auto point = takeCodePoint(text);
    if (point == malformed || (isTrick(point) && !isSpace(point))) continue;
    if (isSpace(point)) {
      space = count > 0;
      continue;
    }
    if (count + (space ? 1 : 0) >= longest) return result + "…";
    if (space) {
      result.push_back(' ');
      ++count;
    }
    space = false;
    result.append(rest.substr(0, rest.size() - text.size()));
    ++count;
  }
  return result;
}

}  // namespace sealferry::prompt
