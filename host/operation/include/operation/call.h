// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>

#include "base/result.h"
#include "policy/sites.h"
#include "prompt/window.h"
#include "token/types.h"
#include "wire/messages.h"

namespace sealferry::operation {

/// Who asks. Origins are what the browser stated; a terminal has none and all of the user's rights but `sign`.
struct Caller {
  std::string origin, topOrigin;
  bool gesture = false;
  bool commandLine = false;
};

/// What is told while a request runs: to the page that asked, or to the terminal.
struct Listener {
  std::function<void(std::string_view step, unsigned done, unsigned total)> progress;
  std::function<void(std::string_view what)> prompt;  ///< a native window opened; "closed" when it is gone
};

/// One request on its way.
struct Call {
  Caller caller;
  policy::Standing standing;
  prompt::Stop stop;  ///< readable once the request should end
  Listener listener;
};

}  // namespace sealferry::operation
