// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <string>
#include <string_view>

namespace sealferry::pdf {

/// The 256 codes of a simple font as text (ISO 32000-1 annex D); empty where there is none.
using SimpleEncoding = std::array<std::u32string, 256>;

/// "/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding". WinAnsiEncoding where the name is not known: its ASCII
/// part is everybody's, and that part alone for "/MacExpertEncoding", whose small capitals and old-style digits nobody
/// stamps on.
SimpleEncoding encodingNamed(std::string_view name);

}  // namespace sealferry::pdf
