// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/bytes.h"

namespace sealferry::test {

/// PNGs of something written by hand: photographed on paper that a window lights from one side, with grain; scanned, on
/// clean white; and the paper alone.
Bytes photograph();
Bytes scan();
Bytes blankPaper();

}  // namespace sealferry::test
