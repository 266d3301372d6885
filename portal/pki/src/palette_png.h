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

/// PNG of 2 bits a pixel: the seal's red in 4 steps of opacity. Empty on failure.
Bytes palettePng(const Coverage& coverage, int dotsPerInch);

}  // namespace sealferry::pki
