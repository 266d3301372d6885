// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

namespace sealferry::pdf {

/// Widths of codes 32 to 126 of the standard fonts, which need not bring them with them: in thousandths of the letters'
/// size.
double standardWidth(std::string_view baseFont, unsigned code);

}  // namespace sealferry::pdf
