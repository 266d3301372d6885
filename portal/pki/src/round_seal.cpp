// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numbers>

#include "most_characters.h"
#include "paper.h"
#include "pki/picture.h"
#include "refuse.h"

namespace sealferry::pki {
namespace {

constexpr double degree = std::numbers::pi / 180;

/// Where the letters of the arc stand, in mm and radians.
struct Arc {
  double step;    ///< between two characters
  double width;   ///< of one
  double height;  ///< of one
  double radius;  ///< to their middle
};

/// Letters as large as their number allows: few ones keep well apart, many run on to either side of the foot, narrower
/// and a little lower, as engravers do.
Arc arcFor(std::size_t count, double outer, double widest) {
  const auto n = static_cast<double>(count);
  const double span = std::min(widest, 36.0 * (n - 1)) * degree;
  const double step = count > 1 ? span / (n - 1) : 0;
  const double usual = outer * std::clamp(0.345 - 0.0045 * (n - 8), 0.25, 0.345);
  const double room = count > 1 ? step * (outer - usual * 0.75) * 0.94 : usual;
  const double height = std::min(usual, room / 0.52);  // narrower yet, strokes run together
  return {step, std::min(room, height * 0.82), height, outer - height / 2};
}

void drawArc(cairo_t* context, const std::vector<std::string>& characters, double outer, double widest) {
  const auto arc = arcFor(characters.size(), outer, widest);
  const Lettering lettering(context);
  const double first = -arc.step * static_cast<double>(characters.size() - 1) / 2;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    cairo_save(context);
    cairo_rotate(context, first + arc.step * static_cast<double>(i));
    cairo_translate(context, 0, -arc.radius);
    lettering.fill(characters[i], arc.width, arc.height);
    cairo_restore(context);
  }
}

void drawCaption(cairo_t* context, const std::vector<std::string>& characters, double radius) {
  if (characters.empty()) return;
  const auto count = static_cast<double>(characters.size());
  const double height = radius * 0.2;
  const double width = std::min(height * 0.9, radius / count);
  fillRow(context, Lettering(context), characters, radius * 0.52, width, height);
}

/// Everything, in mm about the middle.
void drawAll(cairo_t* context, const RoundSeal& seal, const std::vector<std::string>& characters) {
  const double radius = seal.diameterMm / 2.0;
  const double rim = radius * 0.057;  // 1.2 mm of 42
  const double margin = 0.15;         // so that the edge is not cut by rounding
  cairo_set_line_width(context, rim);
  cairo_arc(context, 0, 0, radius - margin - rim / 2, 0, 2 * std::numbers::pi);
  cairo_stroke(context);
  fillStar(context, radius / 3);  // 14 mm of 42
  const double many = std::clamp(static_cast<double>(characters.size()) - 14, 0.0, 12.0);
  const double widest = seal.caption.empty() ? 282 : 214 + 2 * many;  // degrees; a caption needs the foot
  drawArc(context, characters, radius - margin - rim - radius * 0.045, widest);
  drawCaption(context, charactersOf(seal.caption), radius);
}

std::string faultOf(const RoundSeal& seal) {
  const auto count = charactersOf(seal.name).size();
  if (count == 0 || count > mostCharacters) return "name";
  if (!seal.caption.empty() && charactersOf(seal.caption).empty()) return "caption";
  return seal.diameterMm < 38 || seal.diameterMm > 60 ? "diameterMm" : "";
}

}  // namespace

Result<Bytes> drawRoundSeal(const RoundSeal& seal) {
  if (auto fault = faultOf(seal); !fault.empty()) return badField("drawRoundSeal", std::move(fault));
  const auto characters = charactersOf(seal.name);
  return drawnOn({seal.diameterMm, seal.diameterMm, seal.dotsPerInch, seal.largestBytes},
                 [&](cairo_t* context) { drawAll(context, seal, characters); });
}

}  // namespace sealferry::pki
