// SPDX-License-Identifier: Apache-2.0
#include "policy_file.h"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>

namespace sealferry::app {
namespace {

/// Ours in one of the folders that the XDG Base Directory Specification gives a user.
std::filesystem::path folderOf(const char* variable, const char* usual) {
  const char* configured = std::getenv(variable);
  if (configured != nullptr && *configured == '/') return std::filesystem::path(configured) / "sealferry";
  const char* home = std::getenv("HOME");
  if (home == nullptr || *home != '/') {
    const auto* user = ::getpwuid(::getuid());
    home = user == nullptr ? "/" : user->pw_dir;
  }
  return std::filesystem::path(home) / usual / "sealferry";
}

}  // namespace

std::filesystem::path machinePolicyFile() { return "/etc/sealferry/policy.json"; }

std::filesystem::path programFolder() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
}

std::filesystem::path userFolder() { return folderOf("XDG_CONFIG_HOME", ".config"); }

std::filesystem::path stateFolder() { return folderOf("XDG_STATE_HOME", ".local/state"); }

}  // namespace sealferry::app
