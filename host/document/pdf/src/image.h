// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/result.h"
#include "conformance.h"
#include "increment.h"

namespace sealferry::pdf {

/// Adds the seal's picture as an image XObject; transparency becomes a soft mask, or white paper where the document
/// forbids it. JPEG as it is, PNG, GIF and BMP decoded. seal_invalid with reason picture for anything else, or larger
/// than 4096 × 4096.
Result<int> addImage(Increment& increment, ByteView picture, const Conformance& conformance);

}  // namespace sealferry::pdf
