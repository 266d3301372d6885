// SPDX-License-Identifier: Apache-2.0
// The decoders of pictures: libjpeg, giflib and libpng behind our own limits, and our own reader of BMP.
#include "picture/pixels.h"

#include "hostile.h"

using namespace sealferry;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto pixels = picture::decode({data, size});
  if (!pixels) return 0;
  promise(pixels->width > 0 && pixels->width <= picture::largestSide, "sizes are limited");
  promise(pixels->rgba.size() == std::size_t{pixels->width} * pixels->height * 4, "every pixel is there");
  if (pixels->rgba.size() > 65'536) return 0;
  const auto again = picture::decode(picture::encodePng(*pixels));
  promise(again && again->width == pixels->width && again->height == pixels->height, "what is shown can be read");
  return 0;
}
