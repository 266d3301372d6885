// SPDX-License-Identifier: Apache-2.0
#include "pictures.h"

#include <png.h>

#include <iterator>

namespace sealferry::test {

Bytes markedPicture() {
  constexpr unsigned side = 40;
  Bytes pixels;
  for (unsigned y = 0; y < side; ++y)
    for (unsigned x = 0; x < side; ++x) {
      const bool marked = x < side / 2 && y < side / 2;
      const std::uint8_t pixel[] = {static_cast<std::uint8_t>(marked ? 0 : 255), 0,
                                    static_cast<std::uint8_t>(marked ? 255 : 0), 255};
      pixels.insert(pixels.end(), std::begin(pixel), std::end(pixel));
    }
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = image.height = side;
  image.format = PNG_FORMAT_RGBA;
  png_alloc_size_t size = 0;
  png_image_write_to_memory(&image, nullptr, &size, 0, pixels.data(), 0, nullptr);
  Bytes png(size);
  png_image_write_to_memory(&image, png.data(), &size, 0, pixels.data(), 0, nullptr);
  return png;
}

}  // namespace sealferry::test
