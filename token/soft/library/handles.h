// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "softkey/device.h"
#include "types.h"

namespace sealferry::softkey {

/// A connected key: of no use any more once it was pulled, also when it is back.
struct Connection {
  explicit Connection(std::filesystem::path folder) : device(std::move(folder)) {}
  Device device;
  Insertion insertion;
  std::map<std::string, Secret> secrets;  ///< of the applications whose user has logged in
  bool there() const { return device.insertion() == insertion; }
};

struct Application {
  std::shared_ptr<Connection> connection;
  std::string name;
};

struct Container {
  Application application;
  std::string name;
};

struct Digest {
  Bytes begun;  ///< Z, if a public key was given
  std::uint64_t algorithm = 0;
};

/// What the library's handles stand for. A handle is a number that is never used twice.
struct Table {
  std::mutex mutex;
  std::map<std::uintptr_t, std::shared_ptr<Connection>> connections;
  std::map<std::uintptr_t, Application> applications;
  std::map<std::uintptr_t, Container> containers;
  std::map<std::uintptr_t, Digest> digests;
  std::uintptr_t last = 0x1000;
};
Table& table();

inline std::uintptr_t numberOf(Handle handle) { return reinterpret_cast<std::uintptr_t>(handle); }

template <class Map, class Value>
Handle remember(Map& map, Value value) {
  const auto number = table().last += 16;
  map.emplace(number, std::move(value));
  return reinterpret_cast<Handle>(number);  // NOLINT(performance-no-int-to-ptr)
}

Outcome<std::shared_ptr<Connection>> connectionOf(Handle handle);
Outcome<Application> applicationOf(Handle handle);
Outcome<Container> containerOf(Handle handle);
/// The key of the application's secrets; notLoggedIn without a login.
Outcome<const Secret*> secretsOf(const Application& application);

/// The folders that are keys, plugged in or not, from SEALFERRY_SOFTKEY: a list separated by colons. An empty folder
/// becomes a new key.
std::vector<std::filesystem::path> keyFolders();
/// By name, which is the serial number.
Outcome<std::filesystem::path> folderOf(const std::string& name);

}  // namespace sealferry::softkey
