// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "softkey/device.h"
#include "subject.h"

namespace sealferry::contract {

/// A soft SKF key in a folder of its own, found through SEALFERRY_SOFTKEY. Made once and copied for every reset.
class SoftSkf {
 public:
  static constexpr const char* serial = "SOFT000000000001";
  static constexpr const char* application = "SealFerry";
  static constexpr const char* library = SEALFERRY_SOFTKEY_LIBRARY;
  static constexpr const char* wideLibrary = SEALFERRY_SOFTKEY_WIDE_LIBRARY;

  bool reset();
  softkey::Device device() const { return softkey::Device(keyFolder()); }
  void demandPinChange();
  void misbehave(const std::string& script);  ///< token/soft/library/faults.h
  unsigned triesLeft() const;
  /// The names of the calls since the last reset.
  std::vector<std::string> calls() const;

 private:
  std::filesystem::path keyFolder() const { return folder_.path() / "key"; }
  bool makeTemplates();
  Folder folder_;
  bool made_ = false;
};

}  // namespace sealferry::contract
