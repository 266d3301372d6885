// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "paper.h"
#include "pki/picture.h"
#include "refuse.h"

namespace sealferry::pki {
namespace {

struct Grid {
  std::size_t columns, rows;
  std::size_t cells() const { return columns * rows; }
};
constexpr std::array grids{Grid{2, 2}, Grid{2, 3}, Grid{3, 3}, Grid{3, 4}};
constexpr std::size_t mostCells = 12;

/// Without the dot between the parts of longer names: a seal has no place for it.
std::vector<std::string> nameOf(const std::string& text) {
  auto characters = charactersOf(text);
  std::erase_if(characters, [](const std::string& one) { return one == "·" || one == "・"; });
  return characters;
}

/// The cells left over say what it is.
std::vector<std::string> filledUp(std::vector<std::string> name, std::size_t cells) {
  static const std::array<std::vector<std::string>, 4> endings{{{}, {"印"}, {"之", "印"}, {"之", "印", "章"}}};
  const auto& ending = endings.at(cells - name.size());
  name.insert(name.end(), ending.begin(), ending.end());
  return name;
}

void drawFrame(cairo_t* context, double side, double frame) {
  const double at = side / 2 - frame / 2 - 0.1;
  cairo_set_line_width(context, frame);
  cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND);
  cairo_rectangle(context, -at, -at, 2 * at, 2 * at);
  cairo_stroke(context);
}

/// Top down, from the right column to the left.
void drawCells(cairo_t* context, const std::vector<std::string>& characters, const Grid& grid, double inner) {
  const double width = inner / static_cast<double>(grid.columns), height = inner / static_cast<double>(grid.rows);
  const Lettering lettering(context);
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const std::size_t fromRight = i / grid.rows, fromTop = i % grid.rows;
    const auto column = static_cast<double>(fromRight), row = static_cast<double>(fromTop);
    cairo_save(context);
    cairo_translate(context, inner / 2 - (column + 0.5) * width, -inner / 2 + (row + 0.5) * height);
    lettering.fill(characters[i], width * 0.93, height * 0.93);
    cairo_restore(context);
  }
}

}  // namespace

Result<Bytes> drawSquareSeal(const SquareSeal& seal) {
  const auto name = nameOf(seal.name);
  if (name.empty() || name.size() > mostCells) return badField("drawSquareSeal", "name");
  if (seal.sideMm < 15 || seal.sideMm > 30) return badField("drawSquareSeal", "sideMm");
  const auto& grid = *std::ranges::find_if(grids, [&](const Grid& one) { return one.cells() >= name.size(); });
  return drawnOn({seal.sideMm, seal.sideMm, seal.dotsPerInch, seal.largestBytes}, [&](cairo_t* context) {
    const double side = seal.sideMm, frame = side * 0.05;
    drawFrame(context, side, frame);
    drawCells(context, filledUp(name, grid.cells()), grid, side - 2 * frame - side * 0.08);
  });
}

}  // namespace sealferry::pki
