// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <string>
#include <string_view>

namespace sealferry::pdf {

/// The 256 codes of a simple font as text (ISO 32000-1 annex D); empty where there is none.
using SimpleEncoding = std::array<std::u32string, 256>;

/// WinAnsiEncoding where the name is not known: its ASCII part is everybody's.
SimpleEncoding encodingNamed(std::string_view name);
/// What a glyph's name means: "A", "comma", "uni76D6", "u1F600"; empty if it is not known.
std::u32string textOfGlyph(std::string_view name);

/// Widths of codes 32 to 126 of the standard fonts, which need not bring them with them: in thousandths.
double standardWidth(std::string_view baseFont, unsigned code);

}  // namespace sealferry::pdf
