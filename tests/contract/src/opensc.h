// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "desk/desk.h"
#include "subject.h"

namespace sealferry::contract {

/// OpenSC's module on a key made of software, over a pcscd of our own. The key is initialised once, with OpenSC's own
/// tools, and its memory copied for every reset.
class OpenSc {
 public:
  static constexpr const char* module = desk::openSc;
  static constexpr unsigned reader = 0;
  /// One for the process, since the environment is.
  static OpenSc& instance();

  bool reset();  ///< plugged in, nothing unusual asked of it
  void pull();
  void plug();
  void limitMemory(std::uint64_t free);
  std::string serial() const { return serial_; }

  desk::Desk& desk() { return *desk_; }
  /// What the key keeps, as it lies in its file.
  card::State state() const;
  /// How often it had been shown a PIN before the first test: while it was initialised.
  std::uint64_t presentedWhenFresh() const;
  /// Puts another content into the key, between two commands.
  void become(const std::filesystem::path& state);
  std::filesystem::path stateFile() const { return folder_.path() / "key.state"; }

 private:
  bool begin();
  bool makeTemplate();
  Folder folder_;
  std::unique_ptr<desk::Desk> desk_;
  std::string serial_;
  bool broken_ = false;
};

}  // namespace sealferry::contract
