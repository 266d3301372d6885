// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <memory>
#include <qpdf/QPDF.hh>
#include <string>
#include <vector>

#include "font.h"
#include "matrix.h"
#include "page.h"
#include "place.h"

namespace sealferry::pdf {

/// A shown character: what it says, and where it stands in default user space.
struct Glyph {
  std::u32string text;
  Rectangle box;
  Point start, end;  ///< of its stretch of the base line
  double size;       ///< of an em
};

/// Fonts of a document, each read once.
class Fonts {
 public:
  /// None for what is no font.
  std::shared_ptr<const Font> find(QPDFObjectHandle dictionary);

 private:
  std::map<QPDFObjGen, std::shared_ptr<const Font>> known_;
};

/// The text of a page in the order in which it is drawn (ISO 32000-1 §9.4), form XObjects entered. What cannot be
/// parsed holds no text; a page of more than a million characters is cut off there.
std::vector<Glyph> textOfPage(const Page& page, Fonts& fonts);

}  // namespace sealferry::pdf
