// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "subject.h"

namespace sealferry::contract {

/// A private SoftHSM: its own configuration and store in a temporary folder, found through SOFTHSM2_CONF. The token is
/// made once with softhsm2-util and copied for every reset.
class SoftHsm {
 public:
  static constexpr const char* module = "/usr/lib/softhsm/libsofthsm2.so";
  /// One for the process, since the environment is.
  static SoftHsm& instance();
  bool reset();
  std::string serial() const { return serial_; }

 private:
  SoftHsm();
  bool makeTemplate();
  bool importKey(const soft::Key& key, const std::string& id, const std::string& label);
  Folder folder_;
  std::string serial_;
  bool made_ = false;
};

}  // namespace sealferry::contract
