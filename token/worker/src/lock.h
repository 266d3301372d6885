// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/result.h"

namespace sealferry::token {

/// Held while one process changes a key. A host that was killed leaves a worker that still finishes for some seconds;
/// without the lock the next one would take that change for a broken one and roll it back under its feet.
class KeyLock {
 public:
  /// Waits for the other one's ten seconds, then key_busy. `keyId` is KeyInfo::id.
  static Result<KeyLock> take(const std::string& keyId);
  KeyLock(KeyLock&& other) noexcept;
  KeyLock(const KeyLock&) = delete;
  KeyLock& operator=(const KeyLock&) = delete;
  KeyLock& operator=(KeyLock&&) = delete;
  ~KeyLock();

 private:
  explicit KeyLock(int file) : file_(file) {}
  int file_;
};

}  // namespace sealferry::token
