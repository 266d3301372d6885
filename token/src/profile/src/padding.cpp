// SPDX-License-Identifier: Apache-2.0
#include "padding.h"

#include <algorithm>

namespace sealferry::token::profile {

bool isPadding(std::uint8_t byte) {
  return byte == 0 || byte == 0xFF || byte == ' ' || byte == '\r' || byte == '\n' || byte == '\t';
}

bool isAllPadding(ByteView bytes) { return std::ranges::all_of(bytes, isPadding); }

ByteView withoutPadding(ByteView bytes) {
  while (!bytes.empty() && isPadding(bytes.back())) bytes = bytes.first(bytes.size() - 1);
  return bytes;
}

}  // namespace sealferry::token::profile
