// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>

namespace sealferry::pki {

/// So many characters of a name still go along the edge of a seal.
constexpr std::size_t mostCharacters = 40;

}  // namespace sealferry::pki
