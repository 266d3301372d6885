// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/types.h>

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "token/types.h"

namespace sealferry::token {

/// One locked file in a folder of the user's. What is written in it says who holds it; it is another process's text
/// and believed in nothing but that.
class LockFile {
 public:
  /// Shared with whoever has it in this process. key_busy with the holder in the detail if another process has it;
  /// `native` is that process's id.
  static Result<std::shared_ptr<LockFile>> take(const std::string& name, const Holder& holder);
  ~LockFile();
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;

 private:
  explicit LockFile(int file) : file_(file) {}
  int file_;
};

/// Where a session of this user keeps what lives as long as it: the usual place, if it is this user's alone, whatever
/// the variable says. It is missing under cron and su, and another one in a snap: the programs that are to meet there
/// would not. `variable`: XDG_RUNTIME_DIR.
std::string sessionFolder(const std::string& usual, const char* variable);

/// Member of the detail that isLeaving() needs, and that goes no further.
constexpr const char* hostOfHolder = "holderHost";

/// Is this a worker whose host has gone, so that it will end soon? `worker` holds the lock; `error` is what take()
/// answered.
bool isLeaving(const Error& error);

}  // namespace sealferry::token
