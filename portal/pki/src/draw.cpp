// SPDX-License-Identifier: Apache-2.0
#include "draw.h"

#include <cmath>
#include <numbers>

namespace sealferry::pki {
namespace {

constexpr double em = 100;                 // the size glyphs are taken at, in units of the layout
constexpr double boxAboveBaseline = 0.88;  // the ideographic em box of CJK fonts stands 0.12 em below the baseline

constexpr const char* song = "Noto Serif CJK SC, Source Han Serif SC, SimSun, serif Bold";

bool isNarrow(const std::string& character) { return character.size() == 1; }

}  // namespace

Lettering::Lettering(cairo_t* context, const char* name)
    : context_(context), layout_(pango_cairo_create_layout(context)) {
  const std::unique_ptr<PangoFontDescription, CairoRelease> font(
      pango_font_description_from_string(name != nullptr ? name : song));
  pango_font_description_set_absolute_size(font.get(), em * PANGO_SCALE);
  pango_layout_set_font_description(layout_.get(), font.get());
  pango_layout_set_single_paragraph_mode(layout_.get(), TRUE);
}

// The em box, not the ink, is fitted: so strokes keep their places, and 一 stays a line in the middle.
void Lettering::fill(const std::string& character, double width, double height) const {
  pango_layout_set_text(layout_.get(), character.c_str(), -1);
  PangoRectangle logical;
  pango_layout_get_extents(layout_.get(), nullptr, &logical);
  const double advance = static_cast<double>(logical.width) / PANGO_SCALE;
  const double baseline = static_cast<double>(pango_layout_get_baseline(layout_.get())) / PANGO_SCALE;
  const double across = (isNarrow(character) ? 0.62 * width : width) / advance;
  cairo_save(context_);
  cairo_scale(context_, across, height / em);
  cairo_move_to(context_, -advance / 2, boxAboveBaseline * em - em / 2 - baseline);
  pango_cairo_layout_path(context_, layout_.get());
  cairo_restore(context_);
  cairo_fill(context_);
}

void fillRow(cairo_t* context, const Lettering& lettering, const std::vector<std::string>& characters, double below,
             double width, double height, double share) {
  const double first = -(static_cast<double>(characters.size()) - 1) / 2 * width;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    cairo_save(context);
    cairo_translate(context, first + static_cast<double>(i) * width, below);
    lettering.fill(characters[i], width * share, height);
    cairo_restore(context);
  }
}

std::vector<std::string> charactersOf(const std::string& text) {
  if (g_utf8_validate(text.data(), static_cast<gssize>(text.size()), nullptr) == FALSE) return {};
  std::vector<std::string> out;
  for (const char* at = text.c_str(); *at != '\0'; at = g_utf8_next_char(at)) {
    const auto character = g_utf8_get_char(at);
    if (g_unichar_isspace(character) != FALSE) continue;
    if (g_unichar_isprint(character) == FALSE) return {};
    const char* next = g_utf8_next_char(at);
    out.emplace_back(at, next);
  }
  return out;
}

void fillStar(cairo_t* context, double radius) {
  constexpr double pi = std::numbers::pi;
  const double inner = radius * std::sin(pi / 10) / std::sin(7 * pi / 10);
  for (int i = 0; i < 10; ++i) {
    const double angle = -pi / 2 + i * pi / 5;
    const double length = i % 2 == 0 ? radius : inner;
    cairo_line_to(context, length * std::cos(angle), length * std::sin(angle));
  }
  cairo_close_path(context);
  cairo_fill(context);
}

}  // namespace sealferry::pki
