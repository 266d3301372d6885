// SPDX-License-Identifier: Apache-2.0
#include "policy_file.h"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>

namespace sealferry::app {

std::filesystem::path machinePolicyFile() { return "/etc/sealferry/policy.json"; }

std::filesystem::path programFolder() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
}

std::filesystem::path userFolder() {
  const char* configured = std::getenv("XDG_CONFIG_HOME");
  if (configured != nullptr && *configured == '/') return std::filesystem::path(configured) / "sealferry";
  const char* home = std::getenv("HOME");
  if (home == nullptr || *home != '/') {
    const auto* user = ::getpwuid(::getuid());
    home = user == nullptr ? "/" : user->pw_dir;
  }
  return std::filesystem::path(home) / ".config" / "sealferry";
}

}  // namespace sealferry::app
