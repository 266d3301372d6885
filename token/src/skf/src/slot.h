// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "files.h"

namespace sealferry::token::skf {

/// What a key says of itself at this moment.
struct KeyFacts {
  sealferry::skf::DeviceInfo info;  ///< cleaned texts
  PinState pin;
};
Result<KeyFacts> factsOf(const Device& device);
KeyInfo describe(const KeyFacts& facts, const std::string& modulePath);

/// One key while it is open, bound by serial. Several sessions may share it, as the key shares the login. Once the key
/// was found gone it stays gone.
class Slot {
 public:
  static Result<std::shared_ptr<Slot>> open(const Driver& driver, const std::string& name,
                                            const std::vector<StorageProfile>& profiles);

  /// key_removed or key_changed unless the very same insertion of the very same key is there.
  Result<void> check();
  /// If a call failed in a way that may mean the key is gone, this finds out and says so; else the error stays.
  Error explain(Error error);

  const Device& device() const { return *device_; }
  Device& device() { return *device_; }
  Files& objects() { return files_; }
  const std::string& serial() const { return serial_; }
  bool gone() const { return gone_; }

  bool loggedIn = false;

 private:
  Slot(std::unique_ptr<Device> device, std::string serial, std::vector<StorageProfile> profiles)
      : device_(std::move(device)), serial_(std::move(serial)), files_(*device_, std::move(profiles)) {}
  Result<void> letGo(ErrorCode code);

  std::unique_ptr<Device> device_;
  std::string serial_;
  Files files_;
  bool gone_ = false;
};

}  // namespace sealferry::token::skf
