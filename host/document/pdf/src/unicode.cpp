// SPDX-License-Identifier: Apache-2.0
#include "unicode.h"

#include <iconv.h>

#include <array>
#include <cstdint>

namespace sealferry::pdf {
namespace {

constexpr char32_t replacement = 0xFFFD;

std::uint32_t byteAt(std::string_view text, std::size_t at) { return static_cast<std::uint8_t>(text[at]); }

/// Bytes that follow the first one of a UTF-8 sequence; -1 for what begins none.
int following(std::uint32_t first) {
  if (first < 0x80) return 0;
  if (first >= 0xC2 && first < 0xE0) return 1;
  if (first >= 0xE0 && first < 0xF0) return 2;
  return first >= 0xF0 && first < 0xF5 ? 3 : -1;
}

bool isBlank(char32_t letter) {
  return letter <= 0x20 || letter == 0x85 || letter == 0xA0 || letter == 0x1680 ||
         (letter >= 0x2000 && letter <= 0x200B) || letter == 0x2028 || letter == 0x2029 || letter == 0x202F ||
         letter == 0x205F || letter == 0x3000 || letter == 0xFEFF;
}

/// U+FB00 to U+FB06.
constexpr std::array<std::u32string_view, 7> joined = {U"ff", U"fi", U"fl", U"ffi", U"ffl", U"st", U"st"};

std::u32string folded(char32_t letter) {
  if (letter >= 0xFF01 && letter <= 0xFF5E) return {letter - 0xFEE0};
  if (letter == U'‘' || letter == U'’') return U"'";
  if (letter == U'“' || letter == U'”') return U"\"";
  if (letter >= 0xFB00 && letter < 0xFB00 + joined.size()) return std::u32string(joined[letter - 0xFB00]);
  return {letter};
}

}  // namespace

std::u32string fromUtf8(std::string_view text) {
  std::u32string all;
  for (std::size_t at = 0; at < text.size();) {
    const auto first = byteAt(text, at++);
    const int more = following(first);
    char32_t letter = more <= 0 ? first : first & (0x3FU >> more);
    bool good = more >= 0;
    for (int i = 0; good && i < more; ++i) {
      good = at < text.size() && (byteAt(text, at) & 0xC0) == 0x80;
      if (good) letter = letter << 6 | (byteAt(text, at++) & 0x3F);
    }
    all.push_back(good ? letter : replacement);
  }
  return all;
}

std::u32string fromUtf16(std::string_view text) {
  std::u32string all;
  for (std::size_t at = 0; at + 1 < text.size(); at += 2) {
    char32_t letter = byteAt(text, at) << 8 | byteAt(text, at + 1);
    if (letter >= 0xD800 && letter < 0xDC00 && at + 3 < text.size()) {
      const char32_t low = byteAt(text, at + 2) << 8 | byteAt(text, at + 3);
      if (low >= 0xDC00 && low < 0xE000) {
        letter = 0x10000 + ((letter - 0xD800) << 10) + (low - 0xDC00);
        at += 2;
      }
    }
    all.push_back(letter >= 0xD800 && letter < 0xE000 ? replacement : letter);
  }
  return all;
}

std::u32string fromGb18030(std::string_view character) {
  const auto converter = ::iconv_open("UTF-16BE", "GB18030");
  if (converter == reinterpret_cast<iconv_t>(-1)) return {};
  std::string in(character);
  std::array<char, 16> out{};
  char *from = in.data(), *to = out.data();
  std::size_t inLeft = in.size(), outLeft = out.size();
  const auto failed = ::iconv(converter, &from, &inLeft, &to, &outLeft) == static_cast<std::size_t>(-1);
  ::iconv_close(converter);
  return failed ? std::u32string(1, replacement) : fromUtf16({out.data(), out.size() - outLeft});
}

std::u32string folded(const std::u32string& text) {
  std::u32string plain;
  for (const auto letter : text)
    if (!isBlank(letter)) plain += folded(letter);
  return plain;
}

}  // namespace sealferry::pdf
