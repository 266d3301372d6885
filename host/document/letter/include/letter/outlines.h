// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <string>
#include <vector>

#include "base/result.h"

namespace sealferry::letter {

/// One stroke of an outline: `points` are one point, or for a curve two control points and the end.
struct Stroke {
  enum class Kind { move, line, curve } kind;
  std::array<double, 6> points;
};

/// A character's look. Lengths are thousandths of the letters' size; y grows upwards from the base line. Contours are
/// closed and filled by the nonzero winding rule.
struct Glyph {
  double advance = 0;
  std::vector<Stroke> outline;
};

/// The looks of these characters, in their order, from this machine's fonts: for each one the first font, as the
/// machine prefers them for Chinese, that has it and that its maker lets others embed. font_missing where none has.
Result<std::vector<Glyph>> outlinesOf(const std::u32string& characters);

}  // namespace sealferry::letter
