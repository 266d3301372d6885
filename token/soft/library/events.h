// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "softkey/status.h"

namespace sealferry::softkey {

struct Event {
  std::string name;
  bool inserted = false;
};

/// Sleeps until a key comes or goes since the last call (inotify on the folders), or until it is cancelled: notEvent.
Outcome<Event> waitForEvent();
void cancelWait();

}  // namespace sealferry::softkey
