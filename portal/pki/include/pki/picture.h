// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace sealferry::pki {

/// A round 公章: rim, five-point star, the unit's name from left to right along the rim (国发〔1999〕25号).
struct RoundSeal {
  std::string name;     ///< UTF-8, 1 to 40 characters; looks right from 4 to 30
  std::string caption;  ///< below the star, e.g. "合同专用章"; may be empty
  int diameterMm = 42;  ///< 38 to 60
  int dotsPerInch = 600;
  std::size_t largestBytes = 18'000;  ///< coarser (down to 300 dots) until it fits; 0: no limit
};

/// PNG with a palette of one red in steps of opacity, so that it lies on paper like ink; small, because keys are: a
/// seal should stay below 20 KB. Needs a CJK font
/// ("Noto Serif CJK SC"); which one is used is fontconfig's choice. bad_request with detail field.
Result<Bytes> drawRoundSeal(const RoundSeal& seal);

/// A person's seal (法人章): square, framed, the name in columns from right to left, filled up with 印 or 之印.
struct SquareSeal {
  std::string name;  ///< UTF-8, 1 to 12 characters
  int sideMm = 20;   ///< 15 to 30
  int dotsPerInch = 600;
  std::size_t largestBytes = 18'000;
};
Result<Bytes> drawSquareSeal(const SquareSeal& seal);

/// An invoice seal (发票专用章), by custom 40 × 30 mm: the name above, the tax number in the middle, what it is for
/// below.
struct OvalSeal {
  std::string name;    ///< UTF-8, 1 to 40 characters
  std::string number;  ///< 15 to 20 letters and digits
  std::string caption = "发票专用章";
  int widthMm = 40, heightMm = 30;  ///< 30 to 60, 20 to 45, wider than high
  int dotsPerInch = 600;
  std::size_t largestBytes = 18'000;
};
Result<Bytes> drawOvalSeal(const OvalSeal& seal);

/// A handwritten signature from a photograph or a scan (PNG, JPEG, GIF, BMP): the paper becomes clear, however unevenly
/// it is lit; what is written is cut out, fitted into the box and inked black. The image is hostile: decode it where a
/// crash does no harm. bad_request, field image, if it cannot be read or nothing is written on it.
struct Handwriting {
  Bytes image;
  int widthMm = 40, heightMm = 20;  ///< of the box, 10 to 80
  int dotsPerInch = 600;
  std::size_t largestBytes = 18'000;
};
Result<Bytes> drawHandwriting(const Handwriting& writing);

}  // namespace sealferry::pki
