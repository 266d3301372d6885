// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/bytes.h"

namespace sealferry::token::profile {

/// What vendors fill files with: zeroes, the FF of erased memory, blanks and line ends.
bool isPadding(std::uint8_t byte);
bool isAllPadding(ByteView bytes);
/// Without the padding at its end.
ByteView withoutPadding(ByteView bytes);

}  // namespace sealferry::token::profile
