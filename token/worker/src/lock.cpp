// SPDX-License-Identifier: Apache-2.0
#include "lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <thread>
#include <utility>

namespace sealferry::token {
namespace {

using namespace std::chrono_literals;

constexpr auto patience = 12s;  // a worker whose host has gone is gone itself after ten

/// A folder that only this user can have made: the session's own, else one under /tmp that is looked at closely.
std::string lockFolder() {
  const char* session = std::getenv("XDG_RUNTIME_DIR");
  const auto base = session != nullptr && session[0] == '/' ? std::string(session) : std::string("/tmp");
  return base + "/sealferry-" + std::to_string(getuid());
}

bool isOurs(const std::string& folder) {
  struct stat facts {};
  return lstat(folder.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode) && facts.st_uid == getuid() &&
         (facts.st_mode & 077) == 0;
}

/// Taken before the time is up? The kernel gives it back when the holder dies, however it dies.
bool waitFor(int file) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (flock(file, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return false;
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(20ms);
  }
  return true;
}

}  // namespace

Result<KeyLock> KeyLock::take(const std::string& keyId) {
  const auto folder = lockFolder();
  mkdir(folder.c_str(), 0700);
  if (!isOurs(folder)) return fail(ErrorCode::internal, "lock folder");
  const int file = open((folder + "/" + keyId).c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return fail(ErrorCode::internal, "lock", static_cast<std::uint64_t>(errno));
  KeyLock lock(file);
  if (!waitFor(file)) return fail(ErrorCode::key_busy, "lock");
  return lock;
}

KeyLock::KeyLock(KeyLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

KeyLock::~KeyLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace sealferry::token
