// SPDX-License-Identifier: Apache-2.0
#include "packages.h"

#include <algorithm>

namespace sealferry::portal {
namespace {

struct Package {
  const char *name, *kind, *file;
};
constexpr Package packages[] = {{"Linux（deb）", "deb", "sealferry.deb"}, {"Windows", "msi", "sealferry.msi"}};

}  // namespace

nlohmann::json packagesIn(const std::filesystem::path& folder) {
  auto list = nlohmann::json::array();
  for (const auto& [name, kind, file] : packages)
    if (packageNamed(folder, file))
      list.push_back({{"name", name}, {"kind", kind}, {"address", std::string("/downloads/") + file}});
  return list;
}

std::optional<std::filesystem::path> packageNamed(const std::filesystem::path& folder, const std::string& file) {
  std::error_code error;
  const bool isKnown = std::ranges::any_of(packages, [&](const Package& package) { return file == package.file; });
  if (folder.empty() || !isKnown || !std::filesystem::is_regular_file(folder / file, error)) return std::nullopt;
  return folder / file;
}

}  // namespace sealferry::portal
