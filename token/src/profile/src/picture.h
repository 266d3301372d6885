// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "base/bytes.h"

namespace sealferry::token::profile {

/// "PNG", "GIF", "BMP" or "JPG" by the first bytes of a file; empty if it is none of them.
std::string_view pictureKind(ByteView file);

}  // namespace sealferry::token::profile
