// SPDX-License-Identifier: Apache-2.0
#include "keyword.h"

#include <algorithm>
#include <cmath>

#include "unicode.h"

namespace sealferry::pdf {
namespace {

constexpr double furthestApart = 20;  ///< ems: "盖        章" is one word, two columns are not
constexpr double offTheLine = 0.5;    ///< ems

/// One character that counts, and the glyph it belongs to.
struct Character {
  char32_t letter;
  std::size_t glyph;
};

std::vector<Character> charactersOf(const std::vector<Glyph>& text) {
  std::vector<Character> all;
  for (std::size_t i = 0; i < text.size(); ++i)
    for (const auto letter : folded(text[i].text)) all.push_back({letter, i});
  return all;
}

/// Whether the second goes on where the first ended: not far along its base line, and not beside it.
bool goesOn(const Glyph& first, const Glyph& second) {
  const double dx = second.start.x - first.end.x, dy = second.start.y - first.end.y;
  const double lineX = first.end.x - first.start.x, lineY = first.end.y - first.start.y;
  const double length = std::hypot(lineX, lineY), em = std::max(first.size, second.size);
  if (length <= 0) return std::hypot(dx, dy) <= furthestApart * em;
  const double along = (dx * lineX + dy * lineY) / length, beside = (dy * lineX - dx * lineY) / length;
  return std::abs(beside) <= offTheLine * em && along >= -em && along <= furthestApart * em;
}

bool isOneLine(const std::vector<Glyph>& text, std::size_t first, std::size_t last) {
  for (auto i = first; i < last; ++i)
    if (!goesOn(text[i], text[i + 1])) return false;
  return true;
}

Rectangle around(const std::vector<Glyph>& text, std::size_t first, std::size_t last) {
  auto all = text[first].box;
  for (auto i = first; i <= last; ++i) {
    const auto& box = text[i].box;
    all = {std::min(all.left, box.left), std::min(all.bottom, box.bottom), std::max(all.right, box.right),
           std::max(all.top, box.top)};
  }
  return all;
}

}  // namespace

std::vector<Rectangle> findWords(const std::vector<Glyph>& text, const std::u32string& words) {
  std::vector<Rectangle> found;
  const auto characters = charactersOf(text);
  const auto wanted = folded(words);
  if (wanted.empty()) return found;
  const auto equal = [](const Character& one, char32_t letter) { return one.letter == letter; };
  for (auto at = characters.begin(); at != characters.end();) {
    at = std::search(at, characters.end(), wanted.begin(), wanted.end(), equal);
    if (at == characters.end()) break;
    const auto first = at->glyph, last = (at + static_cast<std::ptrdiff_t>(wanted.size()) - 1)->glyph;
    const bool whole = isOneLine(text, first, last);
    if (whole) found.push_back(around(text, first, last));
    at += whole ? static_cast<std::ptrdiff_t>(wanted.size()) : 1;
  }
  return found;
}

}  // namespace sealferry::pdf
