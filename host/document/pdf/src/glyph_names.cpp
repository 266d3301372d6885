// SPDX-License-Identifier: Apache-2.0
#include "glyph_names.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace sealferry::pdf {
namespace {

/// Codes 0x80 to 0x9F of WinAnsiEncoding; 0 where there is none.
constexpr std::array<char16_t, 32> winAnsi = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                              0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                              0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                              0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

struct Name {
  std::string_view name;
  char32_t letter;
};
constexpr Name names[] = {{"space", ' '},
                          {"exclam", '!'},
                          {"quotedbl", '"'},
                          {"numbersign", '#'},
                          {"dollar", '$'},
                          {"percent", '%'},
                          {"ampersand", '&'},
                          {"quotesingle", '\''},
                          {"quoteright", 0x2019},
                          {"quoteleft", 0x2018},
                          {"parenleft", '('},
                          {"parenright", ')'},
                          {"asterisk", '*'},
                          {"plus", '+'},
                          {"comma", ','},
                          {"hyphen", '-'},
                          {"period", '.'},
                          {"slash", '/'},
                          {"zero", '0'},
                          {"one", '1'},
                          {"two", '2'},
                          {"three", '3'},
                          {"four", '4'},
                          {"five", '5'},
                          {"six", '6'},
                          {"seven", '7'},
                          {"eight", '8'},
                          {"nine", '9'},
                          {"colon", ':'},
                          {"semicolon", ';'},
                          {"less", '<'},
                          {"equal", '='},
                          {"greater", '>'},
                          {"question", '?'},
                          {"at", '@'},
                          {"bracketleft", '['},
                          {"backslash", '\\'},
                          {"bracketright", ']'},
                          {"asciicircum", '^'},
                          {"underscore", '_'},
                          {"grave", '`'},
                          {"braceleft", '{'},
                          {"bar", '|'},
                          {"braceright", '}'},
                          {"asciitilde", '~'},
                          {"quotedblleft", 0x201C},
                          {"quotedblright", 0x201D},
                          {"endash", 0x2013},
                          {"emdash", 0x2014},
                          {"bullet", 0x2022},
                          {"ellipsis", 0x2026},
                          {"Euro", 0x20AC},
                          {"periodcentered", 0xB7},
                          {"fi", 0xFB01},
                          {"fl", 0xFB02}};

constexpr std::array<std::uint16_t, 95> helvetica = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584};
constexpr std::array<std::uint16_t, 95> times = {
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611,
    556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722,
    722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,
    278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541};

std::optional<char32_t> hexadecimal(std::string_view digits) {
  char32_t value = 0;
  for (const char digit : digits) {
    const bool letter = digit >= 'A' && digit <= 'F';
    if (!letter && !(digit >= '0' && digit <= '9')) return std::nullopt;
    value = value << 4 | static_cast<char32_t>(letter ? digit - 'A' + 10 : digit - '0');
  }
  return value < 0x110000 ? std::optional(value) : std::nullopt;
}

}  // namespace

SimpleEncoding encodingNamed(std::string_view name) {
  SimpleEncoding encoding;
  for (char32_t code = 0x20; code < 0x7F; ++code) encoding[code] = {code};
  if (name == "/MacRomanEncoding" || name == "/StandardEncoding" || name == "/MacExpertEncoding") return encoding;
  for (char32_t code = 0x80; code < 0xA0; ++code)
    if (winAnsi[code - 0x80] != 0) encoding[code] = {winAnsi[code - 0x80]};
  for (char32_t code = 0xA0; code < 0x100; ++code) encoding[code] = {code};
  return encoding;
}

std::u32string textOfGlyph(std::string_view name) {
  name = name.substr(0, name.find('.', 1));
  if (name.size() == 1) return {static_cast<char32_t>(static_cast<std::uint8_t>(name[0]))};
  if (const auto known = std::ranges::find(names, name, &Name::name); known != std::end(names)) return {known->letter};
  if (name.starts_with("uni") && name.size() == 7)
    if (const auto letter = hexadecimal(name.substr(3))) return {*letter};
  if (name.starts_with("u") && name.size() >= 5 && name.size() <= 7)
    if (const auto letter = hexadecimal(name.substr(1))) return {*letter};
  return {};
}

double standardWidth(std::string_view baseFont, unsigned code) {
  if (baseFont.find("Courier") != std::string_view::npos) return 600;
  if (code < 32 || code > 126) return 500;
  return (baseFont.find("Times") != std::string_view::npos ? times : helvetica)[code - 32];
}

}  // namespace sealferry::pdf
