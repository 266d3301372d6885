// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "page_text.h"

namespace sealferry::pdf {

/// Where the words stand in a page's text, whatever they are cut into: in default user space, in the order of the text.
/// Blanks do not count. The words must stand on one line.
std::vector<Rectangle> findWords(const std::vector<Glyph>& text, const std::u32string& words);

}  // namespace sealferry::pdf
