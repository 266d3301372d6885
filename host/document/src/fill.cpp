// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "document/stamp.h"

namespace sealferry::document {

Result<Bytes> fill(const Reserved& reserved, ByteView cms) {
  const auto hexSize = std::size_t{2} * reserved.signatureRoom;
  if (cms.size() > reserved.signatureRoom || reserved.contentsOffset + hexSize + 2 > reserved.increment.size())
    return fail(ErrorCode::internal, "fill");
  Bytes increment = reserved.increment;
  // ISO 32000-1 12.8.1: /Contents is a hexadecimal string; what is not used stays zero.
  const auto text = toHex(cms);
  std::ranges::copy(text, increment.begin() + static_cast<std::ptrdiff_t>(reserved.contentsOffset + 1));
  return increment;
}

}  // namespace sealferry::document
