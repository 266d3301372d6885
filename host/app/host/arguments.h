// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <span>

namespace sealferry::app {

struct Arguments {
  std::filesystem::path policyFile;
};

/// What the browser gives: Chromium the extension's origin, Firefox the manifest's path and the extension's id. Another
/// extension is refused; the argument can be forged by a local program, so it is a routing aid and no defence.
/// Development builds also take --config FILE; to a release that is a word like any other, and refused.
std::optional<Arguments> readArguments(std::span<char*> values);

}  // namespace sealferry::app
