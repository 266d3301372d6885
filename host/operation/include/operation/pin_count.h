// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <string>

namespace sealferry::operation {

/// Wrong PINs we saw on each key since its last right one. Cards do not always tell how many tries are left, so this
/// may warn earlier than the key's own flags; it never overrides them and never allows a try. Kept in a file of the
/// user's, so that another browser and the terminal know it too: the SHA-256 of the serial number and a count, nothing
/// else. Without a usable file it still counts for as long as the process lives.
class PinCount {
 public:
  /// The file, mode 0600, and its folder are made at the first wrong PIN.
  explicit PinCount(std::filesystem::path file) : file_(std::move(file)) {}

  unsigned of(const std::string& serial) const;
  /// One more, and `least` at least, for a key that says there were wrong ones before ours.
  void add(const std::string& serial, unsigned least = 1);
  void forget(const std::string& serial);

 private:
  using Counts = std::map<std::string, unsigned>;  ///< by the digest of the serial
  Counts read() const;
  void write(const std::string& digest, unsigned count);

  std::filesystem::path file_;
  Counts own_;  ///< what this process knows, should the file not
};

}  // namespace sealferry::operation
