// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "store/write_observer.h"

namespace sealferry::token {

/// Development builds only: breaks a write off at a chosen native call, so that tests can see what is left on the key.
///   --call-log FILE     one line for each native call that can change the key: its number, its name
///   --kill-at N         ends the process with SIGKILL just before call N
///   --kill-after N      just after it
///   --pause-at N FILE   writes its process id to FILE.paused before call N, and goes on once FILE is there
/// bad_request for anything else.
Result<std::unique_ptr<WriteObserver>> developmentObserver(std::span<char* const> arguments);

}  // namespace sealferry::token
