// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "identity.h"
#include "policy_file.h"

namespace sealferry::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* fileName = "org.sealferry.host.json";

struct Place {
  fs::path folder;
  bool firefox;
};

/// Where browsers of this user look; --browser names a profile folder of Chromium's kind instead.
std::vector<Place> placesFor(const Options& options) {
  if (options.browser) return {{fs::path(*options.browser) / "NativeMessagingHosts", false}};
  const char* home = std::getenv("HOME");
  if (home == nullptr) return {};
  const fs::path at(home);
  return {{at / ".config/chromium/NativeMessagingHosts", false},
          {at / ".config/google-chrome/NativeMessagingHosts", false},
          {at / ".config/microsoft-edge/NativeMessagingHosts", false},
          {at / ".mozilla/native-messaging-hosts", true}};
}

json manifestFor(const Place& place) {
  json manifest = {{"name", "org.sealferry.host"},
                   {"description", "SealFerry security control"},
                   {"path", (programFolder() / "sealferry-host").string()},
                   {"type", "stdio"}};
  if (place.firefox) {
    manifest["allowed_extensions"] = {firefoxId};
  } else {
    manifest["allowed_origins"] = {chromiumOrigin};
  }
  return manifest;
}

}  // namespace

int registerHost(const Options& options) {
  int done = 0;
  for (const auto& place : placesFor(options)) {
    // A folder of a browser that is not there is not made: it would look as if the browser had been used.
    if (!options.browser && !fs::exists(place.folder.parent_path())) continue;
    std::error_code error;
    fs::create_directories(place.folder, error);
    std::ofstream stream(place.folder / fileName, std::ios::trunc);
    stream << manifestFor(place).dump(2) << '\n';
    if (!stream.flush()) return 1;
    std::printf("%s\n", (place.folder / fileName).c_str());
    ++done;
  }
  return done > 0 ? 0 : 1;
}

int unregisterHost(const Options& options) {
  for (const auto& place : placesFor(options)) {
    std::error_code error;
    if (fs::remove(place.folder / fileName, error)) std::printf("%s\n", (place.folder / fileName).c_str());
  }
  return 0;
}

}  // namespace sealferry::app
