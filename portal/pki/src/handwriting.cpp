// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "paper.h"
#include "picture/pixels.h"
#include "pki/picture.h"
#include "refuse.h"

namespace sealferry::pki {
namespace {

constexpr unsigned smallest = 16;

/// Brightness on white paper, 0 to 255.
Coverage brightnessOf(const picture::Pixels& pixels) {
  Coverage out{pixels.width, pixels.height, {}};
  out.pixels.reserve(pixels.rgba.size() / 4);
  for (std::size_t at = 0; at < pixels.rgba.size(); at += 4) {
    const auto* p = pixels.rgba.data() + at;
    const unsigned colour = (p[0] * 299U + p[1] * 587U + p[2] * 114U) / 1000;
    out.pixels.push_back(static_cast<std::uint8_t>((colour * p[3] + 255U * (255U - p[3])) / 255));
  }
  return out;
}

/// How bright the paper is, tile by tile: what four fifths of a tile's pixels do not exceed. Strokes are thin, so most
/// of a tile is paper; where it is not, the neighbours say more.
class Lighting {
 public:
  explicit Lighting(const Coverage& image) : side_(std::max({image.width, image.height, 16U}) / 16) {
    columns_ = (image.width + side_ - 1) / side_;
    rows_ = (image.height + side_ - 1) / side_;
    for (unsigned row = 0; row < rows_; ++row)
      for (unsigned column = 0; column < columns_; ++column) tiles_.push_back(brightnessOf(image, column, row));
    level();
  }

  /// Between the middles of tiles, in proportion.
  double at(unsigned x, unsigned y) const {
    const double column = std::clamp((x + 0.5) / side_ - 0.5, 0.0, columns_ - 1.0);
    const double row = std::clamp((y + 0.5) / side_ - 0.5, 0.0, rows_ - 1.0);
    const auto c = static_cast<unsigned>(column), r = static_cast<unsigned>(row);
    const double right = column - c, below = row - r;
    return (tile(c, r) * (1 - right) + tile(c + 1, r) * right) * (1 - below) +
           (tile(c, r + 1) * (1 - right) + tile(c + 1, r + 1) * right) * below;
  }

 private:
  double tile(unsigned column, unsigned row) const {
    return tiles_[std::size_t{std::min(row, rows_ - 1)} * columns_ + std::min(column, columns_ - 1)];
  }

  double brightnessOf(const Coverage& image, unsigned column, unsigned row) const {
    std::vector<std::uint8_t> values;
    for (unsigned y = row * side_; y < std::min((row + 1) * side_, image.height); ++y)
      for (unsigned x = column * side_; x < std::min((column + 1) * side_, image.width); ++x)
        values.push_back(image.pixels[std::size_t{y} * image.width + x]);
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(values.size() * 4 / 5);
    std::nth_element(values.begin(), place, values.end());
    return *place;
  }

  /// A tile that is all ink takes the paper of those around it.
  void level() {
    const auto before = *this;
    for (unsigned row = 0; row < rows_; ++row)
      for (unsigned column = 0; column < columns_; ++column)
        for (unsigned i = 0; i < 9; ++i)
          if (column + i % 3 >= 1 && row + i / 3 >= 1) {
            auto& own = tiles_[std::size_t{row} * columns_ + column];
            own = std::max(own, 0.85 * before.tile(column + i % 3 - 1, row + i / 3 - 1));
          }
  }

  unsigned side_, columns_ = 0, rows_ = 0;
  std::vector<double> tiles_;
};

/// The lightest strokes that are taken for such lie a sixth below the paper; from a third on they are full.
Coverage inkOf(const Coverage& image) {
  constexpr double faint = 0.16, full = 0.38;
  const Lighting paper(image);
  Coverage ink{image.width, image.height, {}};
  ink.pixels.reserve(image.pixels.size());
  for (unsigned y = 0; y < image.height; ++y)
    for (unsigned x = 0; x < image.width; ++x) {
      const double missing = 1 - image.pixels[std::size_t{y} * image.width + x] / std::max(paper.at(x, y), 1.0);
      const double share = std::clamp((missing - faint) / (full - faint), 0.0, 1.0);
      ink.pixels.push_back(static_cast<std::uint8_t>(std::lround(share * 255)));
    }
  return ink;
}

struct Box {
  unsigned left, top, right, bottom;  ///< right and bottom are outside
  unsigned width() const { return right - left; }
  unsigned height() const { return bottom - top; }
};

/// First and last of the rows or columns that hold more than a speck.
std::pair<unsigned, unsigned> extent(const std::vector<unsigned>& sums) {
  const auto written = [](unsigned sum) { return sum > 2 * 255; };
  const auto first = std::ranges::find_if(sums, written);
  const auto last = std::find_if(sums.rbegin(), sums.rend(), written);
  if (first == sums.end()) return {0, 0};
  return {static_cast<unsigned>(first - sums.begin()), static_cast<unsigned>(sums.rend() - last)};
}

Box boxOf(const Coverage& ink) {
  std::vector<unsigned> columns(ink.width), rows(ink.height);
  for (unsigned y = 0; y < ink.height; ++y)
    for (unsigned x = 0; x < ink.width; ++x) {
      const unsigned value = ink.pixels[std::size_t{y} * ink.width + x];
      columns[x] += value;
      rows[y] += value;
    }
  const auto [left, right] = extent(columns);
  const auto [top, bottom] = extent(rows);
  return {left, top, right, bottom};
}

Surface surfaceOf(const Coverage& ink, const Box& box) {
  Surface surface(
      cairo_image_surface_create(CAIRO_FORMAT_A8, static_cast<int>(box.width()), static_cast<int>(box.height())));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return nullptr;
  auto* data = cairo_image_surface_get_data(surface.get());
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get()));
  for (unsigned y = 0; y < box.height(); ++y)
    std::copy_n(ink.pixels.begin() + static_cast<std::ptrdiff_t>(std::size_t{box.top + y} * ink.width + box.left),
                box.width(), data + y * stride);
  cairo_surface_mark_dirty(surface.get());
  return surface;
}

/// As large as the box allows, in its middle.
void paint(cairo_t* context, cairo_surface_t* ink, const Box& box, const Handwriting& writing) {
  constexpr double margin = 0.5;
  const double scale =
      std::min((writing.widthMm - 2 * margin) / box.width(), (writing.heightMm - 2 * margin) / box.height());
  cairo_scale(context, scale, scale);
  cairo_mask_surface(context, ink, -(box.width() / 2.0), -(box.height() / 2.0));
}

bool isSize(int mm) { return mm >= 10 && mm <= 80; }

}  // namespace

Result<Bytes> drawHandwriting(const Handwriting& writing) {
  if (!isSize(writing.widthMm)) return badField("drawHandwriting", "widthMm");
  if (!isSize(writing.heightMm)) return badField("drawHandwriting", "heightMm");
  const auto pixels = picture::decode(writing.image);
  if (!pixels || pixels->width < smallest || pixels->height < smallest) return badField("drawHandwriting", "image");
  const auto ink = inkOf(brightnessOf(*pixels));
  const auto box = boxOf(ink);
  if (box.width() < smallest / 4 || box.height() < smallest / 4) return badField("drawHandwriting", "image");
  const auto surface = surfaceOf(ink, box);
  if (!surface) return fail(ErrorCode::internal, "drawHandwriting");
  return drawnOn({writing.widthMm, writing.heightMm, writing.dotsPerInch, writing.largestBytes, black},
                 [&](cairo_t* context) { paint(context, surface.get(), box, writing); });
}

}  // namespace sealferry::pki
