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

constexpr double pi = std::numbers::pi;

/// The line on which the middles of the letters stand, with its length measured.
class Ellipse {
 public:
  Ellipse(double halfWidth, double halfHeight) : a_(halfWidth), b_(halfHeight) {
    for (int i = 1; i <= steps; ++i) {
      const double before = angleOf(i - 1), after = angleOf(i);
      length_.push_back(length_.back() + std::hypot(x(after) - x(before), y(after) - y(before)));
    }
  }
  double wholeLength() const { return length_.back(); }

  /// The angle at this way along the line; 0 is the top, to the right it grows.
  double at(double way) const {
    const double folded = way < 0 ? way + wholeLength() : way;
    const auto found = std::ranges::upper_bound(length_, folded);
    const auto index = std::clamp<std::ptrdiff_t>(found - length_.begin(), 1, steps);
    const double before = length_[static_cast<std::size_t>(index - 1)],
                 after = length_[static_cast<std::size_t>(index)];
    return angleOf(static_cast<int>(index) - 1) + (folded - before) / (after - before) * 2 * pi / steps;
  }
  double x(double angle) const { return a_ * std::sin(angle); }
  double y(double angle) const { return -b_ * std::cos(angle); }
  /// Of the upright on the line, clockwise from up.
  double uprightAt(double angle) const { return std::atan2(b_ * std::sin(angle), a_ * std::cos(angle)); }

 private:
  static constexpr int steps = 1440;
  static double angleOf(int step) { return 2 * pi * step / steps; }
  double a_, b_;
  std::vector<double> length_{0};
};

void drawRim(cairo_t* context, double halfWidth, double halfHeight, double rim) {
  constexpr double margin = 0.15;
  cairo_save(context);
  cairo_scale(context, halfWidth - margin - rim / 2, halfHeight - margin - rim / 2);
  cairo_arc(context, 0, 0, 1, 0, 2 * pi);
  cairo_restore(context);
  cairo_set_line_width(context, rim);
  cairo_stroke(context);
}

/// Along five eighths of the line at most; short names keep together at the top.
void drawName(cairo_t* context, const std::vector<std::string>& characters, const Ellipse& line, double height) {
  const auto count = static_cast<double>(characters.size());
  const double step = std::min(height * 1.4, line.wholeLength() * 0.625 / count);
  const double width = std::min(step * 0.97, height * 0.8);
  const Lettering lettering(context);
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const double angle = line.at((static_cast<double>(i) - (count - 1) / 2) * step);
    cairo_save(context);
    cairo_translate(context, line.x(angle), line.y(angle));
    cairo_rotate(context, line.uprightAt(angle));
    lettering.fill(characters[i], width, height);
    cairo_restore(context);
  }
}

void drawAll(cairo_t* context, const OvalSeal& seal, const std::vector<std::string>& name) {
  const double halfWidth = seal.widthMm / 2.0, halfHeight = seal.heightMm / 2.0;
  const double unit = seal.heightMm / 30.0, rim = unit;
  const double height = (name.size() > 24 ? 3.2 : name.size() > 16 ? 3.6 : 4.2) * unit;
  const double inset = 0.15 + rim + 0.6 * unit + height / 2;
  drawRim(context, halfWidth, halfHeight, rim);
  drawName(context, name, Ellipse(halfWidth - inset, halfHeight - inset), height);
  const auto digits = charactersOf(seal.number), caption = charactersOf(seal.caption);
  const double room = seal.widthMm - 2 * (rim + height + 2.2 * unit);
  const Lettering plain(context, "Liberation Sans Narrow, Arial Narrow, Liberation Sans, DejaVu Sans Condensed Bold");
  const double digit = std::min(room / static_cast<double>(digits.size()), 1.75 * unit);
  // Lettering makes letters of the Latin kind 0.62 as wide as it is told.
  fillRow(context, plain, digits, 0.6 * unit, digit, 3.7 * unit, 0.8 / 0.62);
  fillRow(context, Lettering(context), caption, 6.6 * unit,
          std::min(3.4 * unit, 17 * unit / static_cast<double>(caption.size())), 4.2 * unit);
}

bool isNumber(const std::string& text) {
  return text.size() >= 15 && text.size() <= 20 &&
         std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0 || std::isupper(c) != 0; });
}

std::string faultOf(const OvalSeal& seal) {
  const auto count = charactersOf(seal.name).size();
  if (count == 0 || count > mostCharacters) return "name";
  if (!isNumber(seal.number)) return "number";
  if (charactersOf(seal.caption).empty() || charactersOf(seal.caption).size() > 8) return "caption";
  const bool fits = seal.widthMm >= 30 && seal.widthMm <= 60 && seal.heightMm >= 20 && seal.heightMm <= 45;
  return fits && seal.widthMm > seal.heightMm ? "" : "widthMm";
}

}  // namespace

Result<Bytes> drawOvalSeal(const OvalSeal& seal) {
  if (auto fault = faultOf(seal); !fault.empty()) return badField("drawOvalSeal", std::move(fault));
  const auto name = charactersOf(seal.name);
  return drawnOn({seal.widthMm, seal.heightMm, seal.dotsPerInch, seal.largestBytes},
                 [&](cairo_t* context) { drawAll(context, seal, name); });
}

}  // namespace sealferry::pki
