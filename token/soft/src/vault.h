// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/secret.h"
#include "softkey/status.h"

namespace sealferry::softkey {

/// The records of one key in a folder. A record is a file that is there whole or not at all (written beside, synced,
/// renamed) and authenticated together with its name; what was tampered with reads as an error.
class Vault {
 public:
  explicit Vault(std::filesystem::path folder) : folder_(std::move(folder)) {}

  static Outcome<void> format(const std::filesystem::path& folder);  ///< makes the device's secret
  bool formatted() const;

  Outcome<Bytes> get(const std::string& name) const;  ///< fileMissing if there is none
  bool has(const std::string& name) const;
  Outcome<void> put(const std::string& name, ByteView content) const;
  Outcome<void> erase(const std::string& name) const;
  std::vector<std::string> list(const std::string& prefix) const;
  std::uint64_t bytesUsed() const;  ///< by containers and files

  Outcome<Secret> secret() const;
  const std::filesystem::path& folder() const { return folder_; }

 private:
  Outcome<Secret> recordKey() const;
  std::filesystem::path folder_;
};

/// Nobody else, in this process or another, touches the key while the value lives.
class VaultLock {
 public:
  explicit VaultLock(const std::filesystem::path& folder);
  ~VaultLock();
  VaultLock(const VaultLock&) = delete;
  VaultLock& operator=(const VaultLock&) = delete;

 private:
  int file_;
};

}  // namespace sealferry::softkey
