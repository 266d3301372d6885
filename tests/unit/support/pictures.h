// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/bytes.h"

namespace sealferry::test {

/// A red square whose upper left quarter is blue, as PNG: it shows which way up it is.
Bytes markedPicture();

}  // namespace sealferry::test
