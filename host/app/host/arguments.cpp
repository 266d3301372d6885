// SPDX-License-Identifier: Apache-2.0
#include "arguments.h"

#include <string_view>
#include <vector>

#include "identity.h"
#include "policy_file.h"

namespace sealferry::app {
namespace {

bool isOurExtension(const std::vector<std::string_view>& words) {
  if (words.empty()) return true;
  if (words.front().starts_with("chrome-extension://")) return words.front() == chromiumOrigin;
  return words.size() == 2 && words[1] == firefoxId;
}

/// On Windows Chromium adds the handle of its window: a number we do not need.
bool isNoise(std::string_view word) { return word.starts_with("--parent-window="); }

}  // namespace

std::optional<Arguments> readArguments(std::span<char*> values) {
  Arguments arguments{machinePolicyFile()};
  std::vector<std::string_view> words;
  for (std::size_t i = 1; i < values.size(); ++i) {
    const std::string_view word = values[i];
#if SEALFERRY_DEV
    if (word == "--config" && i + 1 < values.size()) {
      arguments.policyFile = values[++i];
      continue;
    }
#endif
    if (!isNoise(word)) words.push_back(word);
  }
  if (!isOurExtension(words)) return std::nullopt;
  return arguments;
}

}  // namespace sealferry::app
