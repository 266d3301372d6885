// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sealferry::token {

enum class SkfEncoding { utf8, gbk };

/// What GM/T 0016 leaves open and vendors answer differently. The defaults suit the vendors' 64-bit Linux libraries
/// seen so far and the soft key.
struct SkfSetting {
  unsigned ulongBits = 32;  ///< ULONG: 32 or 64
  unsigned boolBits = 32;   ///< BOOL: 32 or 64
  bool packed = true;       ///< structures without padding
  SkfEncoding encoding = SkfEncoding::utf8;
  bool events = true;         ///< wait for events in a thread; off for a library that lets nobody else call meanwhile
  std::string application{};  ///< the one to use; empty: the first that holds a certificate, else the first
};

/// From options as machine policy has them: `ulong=64`, `bool=64`, `packing=natural`, `encoding=gbk`,
/// `deviceEvents=off`, `application=…`. bad_request for anything else.
Result<SkfSetting> skfSetting(std::span<const std::string> options);

}  // namespace sealferry::token
