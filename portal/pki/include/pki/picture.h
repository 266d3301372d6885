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

}  // namespace sealferry::pki
