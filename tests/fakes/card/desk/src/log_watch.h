// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace sealferry::desk {

/// Waits, without polling, until the text of a growing file satisfies `enough`; the text. Empty if it does not in time.
std::string awaitText(const std::filesystem::path& file, std::chrono::milliseconds most,
                      const std::function<bool(std::string_view)>& enough);

}  // namespace sealferry::desk
