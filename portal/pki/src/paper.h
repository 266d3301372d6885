// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>

#include "base/result.h"
#include "draw.h"
#include "palette_png.h"

namespace sealferry::pki {

/// What a seal is drawn on.
struct Paper {
  int widthMm = 0, heightMm = 0;
  int dotsPerInch = 600;
  std::size_t largestBytes = 0;  ///< coarser, down to 300 dots, until it fits; 0: no limit
  Ink ink = vermilion;
};

/// A PNG of what `draw` draws: units are millimetres about the middle. bad_request (field dotsPerInch) outside of 72 to
/// 1200.
Result<Bytes> drawnOn(const Paper& paper, const std::function<void(cairo_t*)>& draw);

}  // namespace sealferry::pki
