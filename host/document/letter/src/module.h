// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "letter/outlines.h"

/// What sealferry-letters.so exports: false if a character has no look on this machine. Both sides are built together.
extern "C" bool sealferryOutlines(const std::u32string& characters, std::vector<sealferry::letter::Glyph>& glyphs);
