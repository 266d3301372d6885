// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>

#include "token/backend.h"

namespace sealferry::token {

/// Moves standard input and output to descriptors of our own and points them at /dev/null, in a release standard error
/// too, so that a driver that reads or prints can touch neither the protocol nor a log. First thing in the program.
struct Pipe {
  int in = -1, out = -1;
};
Pipe takePipe();

using MakeBackend = std::function<Result<std::unique_ptr<Backend>>()>;

/// Answers until the input ends, then logs out of every key and returns the program's exit code. The driver is loaded
/// at the first request; if that fails, every request answers the reason. If the input ended and the work has not
/// within ten seconds, the process ends where it stands: what was being written is in the journal on the key.
int serve(const Pipe& pipe, const MakeBackend& makeBackend);

}  // namespace sealferry::token
