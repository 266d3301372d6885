// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "protocol/coding.h"

namespace sealferry::token::protocol {

/// The longest text that is taken.
constexpr std::size_t mostText = 4096;

/// A structure of another length is refused.
inline void expect(Reader& in, std::size_t items) {
  if (in.array(items) != items) in.refuse();
}

}  // namespace sealferry::token::protocol
