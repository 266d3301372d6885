// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace sealferry::portal {

/// Those packages of the control that lie in the folder, as docs/portal-api.md has them: a page must not offer what
/// nobody can fetch. None where the folder's name is empty.
nlohmann::json packagesIn(const std::filesystem::path& folder);
/// The file of one of them; nothing else of the folder is handed out.
std::optional<std::filesystem::path> packageNamed(const std::filesystem::path& folder, const std::string& file);

}  // namespace sealferry::portal
