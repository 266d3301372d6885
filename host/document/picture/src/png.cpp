// SPDX-License-Identifier: Apache-2.0
#include <png.h>

#include <algorithm>

#include "formats.h"

namespace sealferry::picture {
namespace {

/// libpng's simplified interface: its errors come back as answers.
struct Image {
  png_image head{};
  Image() { head.version = PNG_IMAGE_VERSION; }
  ~Image() { png_image_free(&head); }
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;
};

bool isOpaque(const Pixels& pixels) {
  for (std::size_t at = 3; at < pixels.rgba.size(); at += 4)
    if (pixels.rgba[at] != 0xff) return false;
  return true;
}

Bytes withoutOpacity(const Pixels& pixels) {
  Bytes out;
  out.reserve(pixels.rgba.size() / 4 * 3);
  for (std::size_t at = 0; at < pixels.rgba.size(); at += 4)
    out.insert(out.end(), pixels.rgba.data() + at, pixels.rgba.data() + at + 3);
  return out;
}

Bytes written(const Pixels& pixels, ByteView samples, png_uint_32 format) {
  Image image;
  image.head.width = pixels.width;
  image.head.height = pixels.height;
  image.head.format = format;
  Bytes out(PNG_IMAGE_PNG_SIZE_MAX(image.head));
  png_alloc_size_t size = out.size();
  if (png_image_write_to_memory(&image.head, out.data(), &size, 0, samples.data(), 0, nullptr) == 0) return {};
  out.resize(size);
  return out;
}

/// One pixel of four, weighted by opacity: what is clear has no colour to give.
void average(const Pixels& from, unsigned x, unsigned y, std::uint8_t* to) {
  unsigned colour[3] = {0, 0, 0}, opacity = 0;
  for (unsigned i = 0; i < 4; ++i) {
    const auto* pixel = from.rgba.data() + (std::size_t{2 * y + i / 2} * from.width + 2 * x + i % 2) * 4;
    for (unsigned c = 0; c < 3; ++c) colour[c] += pixel[c] * pixel[3];
    opacity += pixel[3];
  }
  for (unsigned c = 0; c < 3; ++c) to[c] = static_cast<std::uint8_t>(opacity == 0 ? 0 : colour[c] / opacity);
  to[3] = static_cast<std::uint8_t>(opacity / 4);
}

Pixels halved(const Pixels& from) {
  auto to = clear(from.width / 2, from.height / 2);
  for (unsigned y = 0; y < to.height; ++y)
    for (unsigned x = 0; x < to.width; ++x) average(from, x, y, to.rgba.data() + (std::size_t{y} * to.width + x) * 4);
  return to;
}

}  // namespace

std::optional<Pixels> decodePng(ByteView data) {
  Image image;
  if (png_image_begin_read_from_memory(&image.head, data.data(), data.size()) == 0) return std::nullopt;
  if (!isSide(image.head.width) || !isSide(image.head.height)) return std::nullopt;
  image.head.format = PNG_FORMAT_RGBA;
  auto pixels = clear(image.head.width, image.head.height);
  if (png_image_finish_read(&image.head, nullptr, pixels.rgba.data(), 0, nullptr) == 0) return std::nullopt;
  return pixels;
}

Bytes encodePng(const Pixels& pixels) {
  if (!isOpaque(pixels)) return written(pixels, pixels.rgba, PNG_FORMAT_RGBA);
  return written(pixels, withoutOpacity(pixels), PNG_FORMAT_RGB);
}

std::optional<Bytes> encodeFitting(Pixels pixels, std::size_t largestBytes) {
  constexpr unsigned smallest = 64;
  for (;;) {
    auto png = encodePng(pixels);
    if (png.empty()) return std::nullopt;
    if (png.size() <= largestBytes) return png;
    if (std::min(pixels.width, pixels.height) < 2 || std::max(pixels.width, pixels.height) < 2 * smallest)
      return std::nullopt;
    pixels = halved(pixels);
  }
}

}  // namespace sealferry::picture
