// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "base/bytes.h"

namespace sealferry::pki {

/// A picture of opacities alone: one byte a pixel, 0 clear to 255 full.
struct Coverage {
  unsigned width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
};

struct Ink {
  std::uint8_t red, green, blue;
};
inline constexpr Ink vermilion{0xd9, 0x1c, 0x1c}, black{0x14, 0x14, 0x18};

/// PNG of 2 bits a pixel: one ink, clear, half or full. Empty on failure.
Bytes palettePng(const Coverage& coverage, int dotsPerInch, Ink ink = vermilion);

}  // namespace sealferry::pki
