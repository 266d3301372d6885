// SPDX-License-Identifier: Apache-2.0
#include "paper.h"

#include <algorithm>
#include <cmath>

#include "refuse.h"

namespace sealferry::pki {
namespace {

constexpr int coarsest = 300, stepInDots = 10;

Coverage coverageOf(cairo_surface_t* surface) {
  cairo_surface_flush(surface);
  Coverage out{static_cast<unsigned>(cairo_image_surface_get_width(surface)),
               static_cast<unsigned>(cairo_image_surface_get_height(surface)),
               {}};
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
  const auto* data = cairo_image_surface_get_data(surface);
  for (std::size_t y = 0; y < out.height; ++y)
    out.pixels.insert(out.pixels.end(), data + y * stride, data + y * stride + out.width);
  return out;
}

/// Empty on failure.
Bytes drawnAt(const Paper& paper, const std::function<void(cairo_t*)>& draw, int dotsPerInch) {
  const double dotsPerMm = dotsPerInch / 25.4;
  const int width = static_cast<int>(std::lround(paper.widthMm * dotsPerMm));
  const int height = static_cast<int>(std::lround(paper.heightMm * dotsPerMm));
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_A8, width, height));
  const Context context(cairo_create(surface.get()));
  cairo_translate(context.get(), width / 2.0, height / 2.0);
  cairo_scale(context.get(), dotsPerMm, dotsPerMm);
  cairo_set_source_rgba(context.get(), 0, 0, 0, 1);
  draw(context.get());
  if (cairo_status(context.get()) != CAIRO_STATUS_SUCCESS) return {};
  return palettePng(coverageOf(surface.get()), dotsPerInch, paper.ink);
}

/// What is compressed are edges, and those grow with the dots of a line, not of the plane.
int coarserBy(double share, int dots) {
  return std::max(coarsest, static_cast<int>(dots * share) / stepInDots * stepInDots);
}

}  // namespace

Result<Bytes> drawnOn(const Paper& paper, const std::function<void(cairo_t*)>& draw) {
  if (paper.dotsPerInch < 72 || paper.dotsPerInch > 1200) return badField("drawnOn", "dotsPerInch");
  int dots = paper.dotsPerInch;
  Bytes png = drawnAt(paper, draw, dots);
  while (paper.largestBytes != 0 && png.size() > paper.largestBytes && dots > coarsest) {
    dots = coarserBy(static_cast<double>(paper.largestBytes) / static_cast<double>(png.size()), dots);
    png = drawnAt(paper, draw, dots);
  }
  if (png.empty()) return fail(ErrorCode::internal, "drawnOn");
  return png;
}

}  // namespace sealferry::pki
