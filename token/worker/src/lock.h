// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "token/types.h"

namespace sealferry::token {

class LockFile;

/// Held while one program works with a key, from before its first window until it has logged out. Login belongs to the
/// whole token, and a host that was killed leaves a worker that still finishes for some seconds: without the lock the
/// next one would use the other's login, or take its change for a broken one and roll it back under its feet.
///
/// A key has several names, KeyInfo::id and its signing certificates, because one stick is seen by two drivers under
/// two ids; all of them are locked. The kernel gives a lock back when the process dies, however it dies, and a child
/// that a driver forked does not hold it (POSIX record locks, not flock). Several in one process share it.
class KeyLock {
 public:
  /// At once, or key_busy with what is known of the holder: `holder` (kind of program), `holderPid`, `holderSince`.
  /// Only a worker whose host has gone is waited for: it ends within ten seconds.
  static Result<KeyLock> take(std::vector<std::string> names, const Holder& holder);
  /// More names of the same key.
  Result<void> extend(std::vector<std::string> names, const Holder& holder);

 private:
  std::vector<std::shared_ptr<LockFile>> files_;
};

}  // namespace sealferry::token
