// SPDX-License-Identifier: Apache-2.0
#include "letters.h"

#include <algorithm>
#include <cstdio>

#include "deflate.h"
#include "number.h"

namespace sealferry::pdf {
namespace {

using letter::Glyph;
using letter::Stroke;

/// How far below its line's top a base line lies, as a part of the letters' size.
constexpr double ascent = 0.92;

struct Box {
  double left = 0, bottom = 0, right = 0, top = 0;

  void take(double x, double y) {
    left = std::min(left, x);
    right = std::max(right, x);
    bottom = std::min(bottom, y);
    top = std::max(top, y);
  }
};

std::size_t pointsOf(const Stroke& stroke) { return stroke.kind == Stroke::Kind::curve ? 6 : 2; }

/// Control points count too: a curve lies within them.
Box boxOf(const Glyph& glyph) {
  Box box;
  for (const auto& stroke : glyph.outline)
    for (std::size_t i = 0; i < pointsOf(stroke); i += 2) box.take(stroke.points[i], stroke.points[i + 1]);
  return box;
}

std::string whole(double value) { return std::to_string(static_cast<long>(value < 0 ? value - 0.5 : value + 0.5)); }

/// d1: a shape without a colour of its own, in its width and box.
std::string procedureFor(const Glyph& glyph) {
  const auto box = boxOf(glyph);
  auto text = number(glyph.advance) + " 0 " + whole(box.left - 1) + " " + whole(box.bottom - 1) + " " +
              whole(box.right + 1) + " " + whole(box.top + 1) + " d1";
  for (const auto& stroke : glyph.outline) {
    text += "\n";
    for (std::size_t i = 0; i < pointsOf(stroke); ++i) text += whole(stroke.points[i]) + " ";
    text += stroke.kind == Stroke::Kind::move ? "m" : stroke.kind == Stroke::Kind::line ? "l" : "c";
  }
  return text + (glyph.outline.empty() ? "" : "\nf");
}

std::string hexadecimal(const std::vector<std::uint8_t>& codes) { return "<" + toHex(codes) + ">"; }

std::string inUtf16(char32_t letter) {
  char text[16];
  if (letter < 0x10000) {
    std::snprintf(text, sizeof text, "<%04X>", static_cast<unsigned>(letter));
  } else {
    const auto rest = static_cast<unsigned>(letter) - 0x10000;
    std::snprintf(text, sizeof text, "<%04X%04X>", 0xD800 + (rest >> 10), 0xDC00 + (rest & 0x3FF));
  }
  return text;
}

/// At most a hundred lines to a block (Adobe Technical Note 5014).
std::string meaningsOf(const std::u32string& characters) {
  constexpr std::size_t block = 100;
  std::string text =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n";
  for (std::size_t first = 0; first < characters.size(); first += block) {
    const auto end = std::min(characters.size(), first + block);
    text += std::to_string(end - first) + " beginbfchar\n";
    for (auto i = first; i < end; ++i)
      text += hexadecimal({static_cast<std::uint8_t>(i)}) + " " + inUtf16(characters[i]) + "\n";
    text += "endbfchar\n";
  }
  return text + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend";
}

int addPacked(Increment& increment, const std::string& content) {
  return increment.addStream("/Filter /FlateDecode", deflate(viewOf(content)));
}

}  // namespace

int addLetters(Increment& increment, const Caption& caption) {
  std::string glyphNames, procedures, widths;
  Box box;
  for (std::size_t i = 0; i < caption.glyphs.size(); ++i) {
    const auto& glyph = caption.glyphs[i];
    const auto name = "/g" + std::to_string(i), content = procedureFor(glyph);
    const auto one = boxOf(glyph);
    box.take(one.left, one.bottom);
    box.take(one.right, one.top);
    glyphNames += name;
    procedures += name + " " + reference(addPacked(increment, content)) + " ";
    widths += number(glyph.advance) + " ";
  }
  const auto meanings = reference(addPacked(increment, meaningsOf(caption.characters)));
  return increment.add("<</Type /Font /Subtype /Type3 /FontMatrix [0.001 0 0 0.001 0 0] /FontBBox " +
                       numbers({box.left, box.bottom, box.right, box.top}) +
                       " /Resources <<>> /FirstChar 0 /LastChar " + std::to_string(caption.glyphs.size() - 1) +
                       " /Widths [" + widths + "] /Encoding <</Type /Encoding /Differences [0 " + glyphNames +
                       "]>> /CharProcs <<" + procedures + ">> /ToUnicode " + meanings + ">>");
}

std::string drawnLetters(const Caption& caption, double boxWidth, double scale, const Conformance& conformance) {
  std::string text = conformance.wantsCalibratedColour() ? " BT /Ink cs 0 sc" : " BT 0 g";
  text += " /Letters " + number(letterSizeMm * scale) + " Tf";
  double top = caption.heightMm - captionGapMm;
  for (const auto& line : caption.lines) {
    const double left = (boxWidth - line.widthMm * scale) / 2, base = (top - ascent * letterSizeMm) * scale;
    text += " 1 0 0 1 " + number(left) + " " + number(base) + " Tm " + hexadecimal(line.letters) + " Tj";
    top -= lineHeightMm;
  }
  return text + " ET";
}

}  // namespace sealferry::pdf
