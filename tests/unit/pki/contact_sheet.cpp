// SPDX-License-Identifier: Apache-2.0
#include "contact_sheet.h"

#include <cairo.h>

#include <algorithm>
#include <memory>

namespace sealferry::test {
namespace {

using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;

struct Source {
  const Bytes* bytes;
  std::size_t at = 0;
};

cairo_status_t readFrom(void* closure, unsigned char* data, unsigned length) {
  auto& source = *static_cast<Source*>(closure);
  if (source.bytes->size() - source.at < length) return CAIRO_STATUS_READ_ERROR;
  std::copy_n(source.bytes->begin() + static_cast<std::ptrdiff_t>(source.at), length, data);
  source.at += length;
  return CAIRO_STATUS_SUCCESS;
}

Surface load(const Bytes& png) {
  Source source{&png};
  return {cairo_image_surface_create_from_png_stream(readFrom, &source), cairo_surface_destroy};
}

}  // namespace

void writeContactSheet(const std::filesystem::path& path, const std::vector<Bytes>& pictures, int columns, int side) {
  const int gap = 12;
  const int rows = (static_cast<int>(pictures.size()) + columns - 1) / columns;
  const Surface sheet(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, columns * (side + gap) + gap, rows * (side + gap) + gap),
      cairo_surface_destroy);
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> context(cairo_create(sheet.get()), cairo_destroy);
  cairo_set_source_rgb(context.get(), 1, 1, 1);
  cairo_paint(context.get());
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const auto picture = load(pictures[i]);
    const auto place = static_cast<int>(i);
    cairo_save(context.get());
    cairo_translate(context.get(), gap + place % columns * (side + gap), gap + place / columns * (side + gap));
    const double scale = static_cast<double>(side) / std::max(cairo_image_surface_get_width(picture.get()),
                                                              cairo_image_surface_get_height(picture.get()));
    cairo_scale(context.get(), scale, scale);
    cairo_set_source_surface(context.get(), picture.get(), 0, 0);
    cairo_paint(context.get());
    cairo_restore(context.get());
  }
  std::filesystem::create_directories(path.parent_path());
  cairo_surface_write_to_png(sheet.get(), path.c_str());
}

Opacities opacitiesOf(const Bytes& png) {
  const auto surface = load(png);
  Opacities out{cairo_image_surface_get_width(surface.get()), cairo_image_surface_get_height(surface.get()), {}};
  const auto* data = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x) out.values.push_back(data[y * stride + x * 4 + 3]);
  return out;
}

}  // namespace sealferry::test
