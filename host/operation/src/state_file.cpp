// SPDX-License-Identifier: Apache-2.0
#include "state_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace sealferry::operation {
namespace {

int lockBeside(const std::filesystem::path& file) {
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  std::filesystem::permissions(file.parent_path(), std::filesystem::perms::owner_all, error);
  return ::open((file.string() + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
}

}  // namespace

StateFile::StateFile(const std::filesystem::path& file) : file_(file), lock_(lockBeside(file)) {
  while (lock_ >= 0 && ::flock(lock_, LOCK_EX) != 0 && errno == EINTR) {
  }
}

StateFile::~StateFile() {
  if (lock_ >= 0) ::close(lock_);
}

bool StateFile::replace(const std::string& content) const {
  const auto fresh = file_.string() + ".new";
  ::unlink(fresh.c_str());
  const int target = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (target < 0) return false;
  const bool whole = ::write(target, content.data(), content.size()) == static_cast<ssize_t>(content.size());
  ::close(target);
  return whole && ::rename(fresh.c_str(), file_.c_str()) == 0;
}

}  // namespace sealferry::operation
