// SPDX-License-Identifier: Apache-2.0
#include "palette_png.h"

#include <png.h>

#include <array>

namespace sealferry::pki {
namespace {

// Clear, half and full: one step at an edge is enough at print resolution, and a fourth level costs an eighth more.
constexpr int levels = 3;

struct Writer {
  png_structp png = nullptr;
  png_infop info = nullptr;
  Writer() : png(png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr)) {
    if (png != nullptr) info = png_create_info_struct(png);
  }
  ~Writer() { png_destroy_write_struct(&png, &info); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
};

void append(png_structp png, png_bytep data, png_size_t size) {
  auto& out = *static_cast<Bytes*>(png_get_io_ptr(png));
  out.insert(out.end(), data, data + size);
}

void writeHead(const Writer& writer, const Coverage& coverage, int dotsPerInch, Ink ink) {
  png_set_IHDR(writer.png, writer.info, coverage.width, coverage.height, 2, PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  std::array<png_color, levels> colours;
  colours.fill({ink.red, ink.green, ink.blue});
  std::array<png_byte, levels> opacity;
  for (std::size_t i = 0; i < levels; ++i) opacity[i] = static_cast<png_byte>(i * 255 / (levels - 1));
  png_set_PLTE(writer.png, writer.info, colours.data(), levels);
  png_set_tRNS(writer.png, writer.info, opacity.data(), levels, nullptr);
  const auto perMetre = static_cast<png_uint_32>(dotsPerInch * 10000 / 254);
  png_set_pHYs(writer.png, writer.info, perMetre, perMetre, PNG_RESOLUTION_METER);
  png_set_filter(writer.png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);  // best for few colours
  png_set_compression_level(writer.png, 9);
  png_write_info(writer.png, writer.info);
}

/// Four pixels a byte, the left one high.
void writeRows(const Writer& writer, const Coverage& coverage) {
  std::vector<png_byte> row((coverage.width + 3) / 4);
  for (unsigned y = 0; y < coverage.height; ++y) {
    std::fill(row.begin(), row.end(), png_byte{0});
    for (unsigned x = 0; x < coverage.width; ++x) {
      const unsigned opacity = coverage.pixels[std::size_t{y} * coverage.width + x];
      const unsigned level = (opacity * (levels - 1) + 127) / 255;
      row[x / 4] = static_cast<png_byte>(row[x / 4] | level << (6 - 2 * (x % 4)));
    }
    png_write_row(writer.png, row.data());
  }
}

}  // namespace

Bytes palettePng(const Coverage& coverage, int dotsPerInch, Ink ink) {
  Bytes out;
  const Writer writer;
  if (writer.info == nullptr) return {};
  png_set_write_fn(writer.png, &out, append, nullptr);
  writeHead(writer, coverage, dotsPerInch, ink);
  writeRows(writer, coverage);
  png_write_end(writer.png, nullptr);
  return out;
}

}  // namespace sealferry::pki
