// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "base/bytes.h"

namespace sealferry::token::profile {

/// Texts of GBK (GB 13000.1 as Windows code page 936) and UTF-8; nothing for bytes that are none, or characters that
/// the other has not.
std::optional<std::string> fromGbk(ByteView bytes);
std::optional<Bytes> toGbk(std::string_view utf8);

}  // namespace sealferry::token::profile
