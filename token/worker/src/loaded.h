// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

namespace sealferry::token {

/// Has this process a shared library whose file name begins so?
bool hasLoaded(std::string_view name);

}  // namespace sealferry::token
