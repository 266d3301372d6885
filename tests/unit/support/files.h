// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "base/bytes.h"

namespace sealferry::test {

Bytes readFile(const std::filesystem::path& path);  ///< throws if there is none
void writeFile(const std::filesystem::path& path, ByteView content);

/// The folder of shared test data: $SEALFERRY_TEST_DATA, else ../shared/data beside the repository; nothing if absent.
std::optional<std::filesystem::path> sharedData();
/// tests/vectors of this repository.
std::filesystem::path vectors();

/// A folder that goes when the value does.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

/// Runs a shell command quietly; its exit status.
int run(const std::string& command);

}  // namespace sealferry::test
