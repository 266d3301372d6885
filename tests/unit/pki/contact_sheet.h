// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <vector>

#include "base/bytes.h"

namespace sealferry::test {

/// Lays PNGs out on white paper, so that people can look at them. `side` is the size each is shown at, in pixels.
void writeContactSheet(const std::filesystem::path& path, const std::vector<Bytes>& pictures, int columns, int side);

/// Opacity of each pixel of a PNG, row by row.
struct Opacities {
  int width = 0, height = 0;
  std::vector<std::uint8_t> values;
  std::uint8_t at(int x, int y) const { return values[static_cast<std::size_t>(y * width + x)]; }
};
Opacities opacitiesOf(const Bytes& png);

}  // namespace sealferry::test
