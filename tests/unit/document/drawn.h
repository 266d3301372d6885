// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "base/bytes.h"

namespace sealferry::test {

/// A page as pdftoppm draws it, ten pixels a millimetre.
struct Drawn {
  int width = 0, height = 0;
  Bytes pixels;

  /// "white" "red" "blue" "other" "outside"
  std::string colour(int x, int y) const;
  std::string colourAt(double xMm, double yMm) const {
    return colour(static_cast<int>(xMm * 10), static_cast<int>(yMm * 10));
  }
};

/// Where the crop box lies outside the media box, pdftoppm draws one pixel of it and says nothing of what readers show.
enum class Shown { cropBox, mediaBox };
Drawn draw(const Bytes& pdf, unsigned page = 1, int dotsPerInch = 254, Shown shown = Shown::cropBox);

/// What pdfsig says of each signature: "valid" only if the signature is and the ranges are as they should be.
struct Signed {
  bool valid = false, whole = false;
};
std::vector<Signed> pdfsig(const Bytes& pdf);
/// qpdf --check, as its exit status: 0, 2 errors, 3 warnings.
int qpdfCheck(const Bytes& pdf);

}  // namespace sealferry::test
