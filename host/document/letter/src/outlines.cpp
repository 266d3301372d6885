// SPDX-License-Identifier: Apache-2.0
#include <optional>

#include "fonts.h"
#include "module.h"
#include FT_OUTLINE_H

namespace sealferry::letter {
namespace {

/// Gathers what FreeType tells of an outline.
struct Pen {
  double scale;
  double x = 0, y = 0;
  std::vector<Stroke> strokes{};

  void to(Stroke::Kind kind, const std::array<double, 6>& points, int last) {
    strokes.push_back({kind, points});
    x = points[static_cast<std::size_t>(last)];
    y = points[static_cast<std::size_t>(last) + 1];
  }
  double operator()(FT_Pos value) const { return static_cast<double>(value) * scale; }
};

int moveTo(const FT_Vector* to, void* user) {
  auto& pen = *static_cast<Pen*>(user);
  pen.to(Stroke::Kind::move, {pen(to->x), pen(to->y)}, 0);
  return 0;
}

int lineTo(const FT_Vector* to, void* user) {
  auto& pen = *static_cast<Pen*>(user);
  pen.to(Stroke::Kind::line, {pen(to->x), pen(to->y)}, 0);
  return 0;
}

/// A quadratic curve of TrueType as the cubic one that is the same.
int conicTo(const FT_Vector* control, const FT_Vector* to, void* user) {
  auto& pen = *static_cast<Pen*>(user);
  const double x = pen(control->x), y = pen(control->y), endX = pen(to->x), endY = pen(to->y);
  const auto between = [](double from, double middle) { return from + (middle - from) * 2 / 3; };
  pen.to(Stroke::Kind::curve, {between(pen.x, x), between(pen.y, y), between(endX, x), between(endY, y), endX, endY},
         4);
  return 0;
}

int cubicTo(const FT_Vector* first, const FT_Vector* second, const FT_Vector* to, void* user) {
  auto& pen = *static_cast<Pen*>(user);
  pen.to(Stroke::Kind::curve, {pen(first->x), pen(first->y), pen(second->x), pen(second->y), pen(to->x), pen(to->y)},
         4);
  return 0;
}

std::optional<Glyph> outlineOf(FT_Face face, FT_UInt number) {
  if (FT_Load_Glyph(face, number, FT_LOAD_NO_SCALE | FT_LOAD_NO_BITMAP) != 0) return std::nullopt;
  Pen pen{1000.0 / face->units_per_EM};
  FT_Outline_Funcs calls{moveTo, lineTo, conicTo, cubicTo, 0, 0};
  if (FT_Outline_Decompose(&face->glyph->outline, &calls, &pen) != 0) return std::nullopt;
  return Glyph{pen(face->glyph->metrics.horiAdvance), std::move(pen.strokes)};
}

}  // namespace
}  // namespace sealferry::letter

bool sealferryOutlines(const std::u32string& characters, std::vector<sealferry::letter::Glyph>& glyphs) {
  sealferry::letter::Fonts fonts;
  for (const auto character : characters) {
    const auto [face, number] = fonts.find(character);
    auto glyph = face == nullptr ? std::nullopt : sealferry::letter::outlineOf(face, number);
    if (!glyph) return false;
    glyphs.push_back(*std::move(glyph));
  }
  return true;
}
