// SPDX-License-Identifier: Apache-2.0
#include "handles.h"

#include <algorithm>
#include <cstdlib>

#include "base/digest.h"

namespace sealferry::softkey {
namespace {

namespace fs = std::filesystem;

/// An empty folder that the user named is a key that was never used.
void makeKey(const fs::path& folder) {
  std::error_code problem;
  const Device device(folder);
  if (device.formatted() || !fs::is_directory(folder, problem) || !fs::is_empty(folder, problem)) return;
  auto serial = toHex(randomBytes(6));
  std::ranges::transform(serial, serial.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  (void)device.format({.serial = "SOFT" + serial});
}

}  // namespace

Table& table() {
  // Never destroyed: a thread may still wait for an event when the process ends.
  static auto& only = *std::make_unique<Table>().release();
  return only;
}

Outcome<std::shared_ptr<Connection>> connectionOf(Handle handle) {
  const auto found = table().connections.find(numberOf(handle));
  if (found == table().connections.end()) return refuse(Status::invalidHandle);
  if (!found->second->there()) {
    found->second->secrets.clear();
    return refuse(Status::deviceRemoved);
  }
  return found->second;
}

Outcome<Application> applicationOf(Handle handle) {
  const auto found = table().applications.find(numberOf(handle));
  if (found == table().applications.end()) return refuse(Status::invalidHandle);
  if (!found->second.connection->there()) {
    found->second.connection->secrets.clear();
    return refuse(Status::deviceRemoved);
  }
  return found->second;
}

Outcome<Container> containerOf(Handle handle) {
  const auto found = table().containers.find(numberOf(handle));
  if (found == table().containers.end()) return refuse(Status::invalidHandle);
  if (!found->second.application.connection->there()) return refuse(Status::deviceRemoved);
  return found->second;
}

Outcome<const Secret*> secretsOf(const Application& application) {
  const auto& all = application.connection->secrets;
  const auto found = all.find(application.name);
  if (found == all.end()) return refuse(Status::notLoggedIn);
  return &found->second;
}

std::vector<fs::path> keyFolders() {
  const char* list = std::getenv("SEALFERRY_SOFTKEY");
  std::vector<fs::path> folders;
  std::string_view rest = list != nullptr ? list : "";
  while (!rest.empty()) {
    const auto end = std::min(rest.find(':'), rest.size());
    if (end > 0) folders.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  for (const auto& folder : folders) makeKey(folder);
  return folders;
}

Outcome<fs::path> folderOf(const std::string& name) {
  for (const auto& folder : keyFolders()) {
    const auto facts = Device(folder).facts();
    if (facts && facts->serial == name) return folder;
  }
  return refuse(Status::deviceRemoved);
}

}  // namespace sealferry::softkey
