// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/bytes.h"

namespace sealferry::token::skf {

/// What a call of the library only reads: the standard's headers have no const.
inline char* in(const std::string& text) { return const_cast<char*>(text.c_str()); }
inline unsigned char* in(ByteView bytes) { return const_cast<unsigned char*>(bytes.data()); }

}  // namespace sealferry::token::skf
