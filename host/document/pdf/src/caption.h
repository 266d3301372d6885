// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "document/stamp.h"
#include "letter/outlines.h"
#include "place.h"

namespace sealferry::pdf {

/// One line of print: for each letter the index of its look.
struct CaptionLine {
  std::vector<std::uint8_t> letters;
  double widthMm = 0;
};

/// What is printed under a stamp: signer, time and reason, as the signature itself names them.
struct Caption {
  std::u32string characters;  ///< each one once
  std::vector<letter::Glyph> glyphs;
  std::vector<CaptionLine> lines;
  double widthMm = 0, heightMm = 0;

  bool isEmpty() const { return lines.empty(); }
};

constexpr double letterSizeMm = 2.6, lineHeightMm = 3.4, captionGapMm = 0.8;

/// An empty one if none is asked for. Words that are too long for a line of 62 mm (of the seal's width, where that is
/// larger) go on in the next. bad_request with field textLine for more than 24 lines or 250 different characters;
/// font_missing.
Result<Caption> captionFor(const document::StampRequest& request);

/// The picture's area and that of the words under it as one.
Area around(const Area& picture, const Caption& caption);

}  // namespace sealferry::pdf
