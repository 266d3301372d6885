// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <functional>

#include "library.h"

namespace sealferry::token::skf {

struct DeviceEvent {
  std::string name;  ///< of the device, as the library writes it
  bool removal = false;
};

/// SKF_WaitForDevEvent, one after another, for as long as the library really waits and tells events of the standard's.
class DeviceEvents {
 public:
  explicit DeviceEvents(const Library& library) : library_(library) {}

  /// Blocks until a key came or went. A failure once what the library answers is no event, or comes without waiting:
  /// it would keep the processor busy for ever. `ends` is asked whenever the library has come back; then it is one too.
  Result<DeviceEvent> next(const std::function<bool()>& ends = [] { return false; });

 private:
  using Clock = std::chrono::steady_clock;
  Result<DeviceEvent> wait() const;
  bool isRestless();

  const Library& library_;
  Clock::time_point since_{};
  unsigned count_ = 0;
};

}  // namespace sealferry::token::skf
