// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "skf/setting.h"

namespace sealferry::token::skf {

/// What a library wrote as UTF-8, without control characters, blanks at the ends, and what is not well-formed.
std::string cleaned(const std::string& native, SkfEncoding encoding);

// Names of applications and files go back to the library byte for byte as it listed them. Policy and profiles have them
// in UTF-8.

/// What policy and profiles call it. One that is no text in that encoding stays the bytes it is.
std::string nameOf(const std::string& native, SkfEncoding encoding);
/// What the library calls it.
std::string nativeName(const std::string& name, SkfEncoding encoding);

}  // namespace sealferry::token::skf
