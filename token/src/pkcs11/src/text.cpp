// SPDX-License-Identifier: Apache-2.0
#include "text.h"

#include <iconv.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sealferry::token::pkcs11 {
namespace {

/// How many bytes the character at the front takes; 0 if it is not well-formed UTF-8 (RFC 3629) or a control character.
std::size_t characterSize(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x20 || first == 0x7F) return 0;
  if (first < 0x80) return 1;
  const std::size_t size = first >= 0xC2 && first < 0xE0   ? 2
                           : first >= 0xE0 && first < 0xF0 ? 3
                           : first >= 0xF0 && first < 0xF5 ? 4
                                                           : 0;
  if (size == 0 || text.size() < size) return 0;
  for (std::size_t i = 1; i < size; ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) return 0;
  const auto second = static_cast<unsigned char>(text[1]);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool surrogate = first == 0xED && second >= 0xA0;
  const bool beyond = first == 0xF4 && second >= 0x90;
  return overlong || surrogate || beyond ? 0 : size;
}

struct Reading {
  std::string text;      ///< what is well-formed
  bool foreign = false;  ///< there is more in it than a character that was cut at the end
};

Reading read(std::string_view text) {
  Reading reading;
  bool wide = false;
  while (!text.empty()) {
    const auto taken = characterSize(text);
    const bool control = taken == 0 && static_cast<unsigned char>(text[0]) < 0x80;
    const bool cut = wide && text.size() < 4;
    reading.foreign = reading.foreign || (taken == 0 && !control && !cut);
    wide = wide || taken > 1;
    reading.text += text.substr(0, taken);
    text.remove_prefix(taken == 0 ? 1 : taken);
  }
  return reading;
}

/// Nothing unless all of it is GB 18030, of which GBK is a part.
std::optional<std::string> fromChinese(std::string_view text) {
  const auto converter = iconv_open("UTF-8", "GB18030");
  constexpr std::intptr_t none = -1;
  if (reinterpret_cast<std::intptr_t>(converter) == none) return std::nullopt;
  std::string from(text), to(text.size() * 4, '\0');
  char* in = from.data();
  char* out = to.data();
  auto inLeft = from.size(), outLeft = to.size();
  const bool whole = iconv(converter, &in, &inLeft, &out, &outLeft) == 0 && inLeft == 0;
  iconv_close(converter);
  to.resize(to.size() - outLeft);
  return whole ? std::optional(std::move(to)) : std::nullopt;
}

}  // namespace

std::string trimmed(const unsigned char* field, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(field), size);
  text = text.substr(0, text.find('\0'));
  auto reading = read(text);
  if (reading.foreign)
    if (const auto chinese = fromChinese(text)) reading = read(*chinese);
  auto& clean = reading.text;
  while (!clean.empty() && clean.back() == ' ') clean.pop_back();
  return clean.substr(std::min(clean.find_first_not_of(' '), clean.size()));
}

}  // namespace sealferry::token::pkcs11
