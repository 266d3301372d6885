// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "skf/setting.h"

namespace sealferry::token::skf {

/// What a library wrote as UTF-8, without control characters, blanks at the ends, and what is not well-formed.
std::string cleaned(const std::string& native, SkfEncoding encoding);

}  // namespace sealferry::token::skf
