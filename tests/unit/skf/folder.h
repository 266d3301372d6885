// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdlib>
#include <filesystem>

/// A folder for a key, gone at the end.
class KeyFolder {
 public:
  KeyFolder() {
    auto pattern = (std::filesystem::temp_directory_path() / "sealferry-skf-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~KeyFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  KeyFolder(const KeyFolder&) = delete;
  KeyFolder& operator=(const KeyFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};
