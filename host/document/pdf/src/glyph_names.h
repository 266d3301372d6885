// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace sealferry::pdf {

/// What a glyph's name means, as the Adobe Glyph List's specification reads it: "A", "comma", "rcaron", "uni76D67AE0",
/// "u1F600", "f_i", "A.sc". Known are the names of the Latin and the Greek letters and of the signs of the standard
/// encodings; empty if a part of the name is not known, or if it is longer than names are.
std::u32string textOfGlyph(std::string_view name);

}  // namespace sealferry::pdf
