// SPDX-License-Identifier: Apache-2.0
#include "scribble.h"

#include <cairo.h>

#include <cmath>
#include <memory>

namespace sealferry::test {
namespace {

using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using Context = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

constexpr int width = 900, height = 500;

cairo_status_t append(void* closure, const unsigned char* data, unsigned length) {
  auto& out = *static_cast<Bytes*>(closure);
  out.insert(out.end(), data, data + length);
  return CAIRO_STATUS_SUCCESS;
}

Bytes pngOf(cairo_surface_t* surface) {
  Bytes out;
  cairo_surface_write_to_png_stream(surface, append, &out);
  return out;
}

Surface paper() { return {cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height), cairo_surface_destroy}; }

/// Three loops and a stroke under them.
void write(cairo_t* context) {
  cairo_set_source_rgb(context, 0.12, 0.13, 0.3);
  cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width(context, 11);
  cairo_move_to(context, 180, 320);
  for (int i = 0; i < 3; ++i) {
    const double x = 180 + i * 170;
    cairo_curve_to(context, x + 40, 90, x + 190, 90, x + 120, 300);
    cairo_curve_to(context, x + 90, 380, x + 40, 300, x + 170, 320);
  }
  cairo_stroke(context);
  cairo_set_line_width(context, 6);
  cairo_move_to(context, 210, 395);
  cairo_curve_to(context, 400, 370, 560, 400, 700, 372);
  cairo_stroke(context);
}

/// From bright on the left to less than half of it on the right, as beside a window.
void light(cairo_t* context) {
  cairo_pattern_t* shade = cairo_pattern_create_linear(0, 0, width, height / 3.0);
  cairo_pattern_add_color_stop_rgb(shade, 0, 0.96, 0.95, 0.9);
  cairo_pattern_add_color_stop_rgb(shade, 1, 0.5, 0.48, 0.44);
  cairo_set_source(context, shade);
  cairo_paint(context);
  cairo_pattern_destroy(shade);
}

void addGrain(cairo_surface_t* surface) {
  cairo_surface_flush(surface);
  auto* data = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  unsigned state = 7;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width * 4; ++x) {
      state = state * 1103515245 + 12345;
      auto& sample = data[y * stride + x];
      const int value = sample + static_cast<int>(state >> 16 & 15) - 8;
      sample = static_cast<unsigned char>(value < 0 ? 0 : value > 255 ? 255 : value);
    }
  cairo_surface_mark_dirty(surface);
}

Bytes made(bool photographed, bool written) {
  const auto surface = paper();
  const Context context(cairo_create(surface.get()), cairo_destroy);
  cairo_set_source_rgb(context.get(), 1, 1, 1);
  cairo_paint(context.get());
  if (photographed) light(context.get());
  if (written) write(context.get());
  if (photographed) addGrain(surface.get());
  return pngOf(surface.get());
}

}  // namespace

Bytes photograph() { return made(true, true); }
Bytes scan() { return made(false, true); }
Bytes blankPaper() { return made(true, false); }

}  // namespace sealferry::test
