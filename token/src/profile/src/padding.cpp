// SPDX-License-Identifier: Apache-2.0
#include "padding.h"

namespace sealferry::token::profile {

bool isPadding(std::uint8_t byte) {
  return byte == 0 || byte == 0xFF || byte == ' ' || byte == '\r' || byte == '\n' || byte == '\t';
}

bool isAllPadding(ByteView bytes) { return withoutPadding(bytes).empty(); }

// Counted down by number: a file is thousands of these bytes, and is looked through each time the key is read.
ByteView withoutPadding(ByteView bytes) {
  auto size = bytes.size();
  for (const auto* data = bytes.data(); size > 0 && isPadding(data[size - 1]);) --size;
  return bytes.first(size);
}

}  // namespace sealferry::token::profile
