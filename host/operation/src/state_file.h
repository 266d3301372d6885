// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

namespace sealferry::operation {

/// Of a SHA-256 digest in hexadecimal, as lines of these files have it.
constexpr std::size_t digestLetters = 64;

/// A small file of the user's, mode 0600, in a folder that is his alone: held while it is read and written anew, so
/// that two programs do not lose each other's lines.
class StateFile {
 public:
  explicit StateFile(const std::filesystem::path& file);  ///< makes the folder
  ~StateFile();
  StateFile(const StateFile&) = delete;
  StateFile& operator=(const StateFile&) = delete;
  bool held() const { return lock_ >= 0; }
  /// As a whole or not at all.
  bool replace(const std::string& content) const;

 private:
  std::filesystem::path file_;
  int lock_;
};

}  // namespace sealferry::operation
