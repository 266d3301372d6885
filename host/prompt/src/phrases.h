// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "prompt/words.h"

/// Pieces that several windows have in common. Private to host/prompt.
namespace sealferry::prompt {

inline bool isChinese(Language language) { return language == Language::chinese; }

/// Who asks: a site by its address, or the command line.
std::string asker(const std::string& site, Language language);

/// The key, by its unit and the end of its serial number.
std::string keyName(const KeyWords& key, Language language);

}  // namespace sealferry::prompt
