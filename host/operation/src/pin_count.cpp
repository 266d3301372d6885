// SPDX-License-Identifier: Apache-2.0
#include "operation/pin_count.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "base/bytes.h"
#include "base/digest.h"

namespace sealferry::operation {
namespace {

constexpr unsigned mostCounted = 99;
constexpr std::size_t mostKeys = 1000, digestLetters = 64;

std::string digestOf(const std::string& serial) { return toHex(sha256(viewOf(serial))); }

/// Held while the file is read and written anew, so that two programs do not lose each other's counts.
class FileLock {
 public:
  explicit FileLock(const std::filesystem::path& file)
      : descriptor_(::open((file.string() + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    while (descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX) != 0 && errno == EINTR) {
    }
  }
  ~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  bool held() const { return descriptor_ >= 0; }

 private:
  int descriptor_;
};

bool replaceFile(const std::filesystem::path& file, const std::string& content) {
  const auto fresh = file.string() + ".new";
  ::unlink(fresh.c_str());
  const int target = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (target < 0) return false;
  const bool whole = ::write(target, content.data(), content.size()) == static_cast<ssize_t>(content.size());
  ::close(target);
  return whole && ::rename(fresh.c_str(), file.c_str()) == 0;
}

}  // namespace

PinCount::Counts PinCount::read() const {
  Counts counts;
  std::ifstream lines(file_);
  std::string digest;
  unsigned count = 0;
  while (counts.size() < mostKeys && lines >> digest >> count)
    if (digest.size() == digestLetters) counts[digest] = std::min(count, mostCounted);
  return counts;
}

unsigned PinCount::of(const std::string& serial) const {
  const auto digest = digestOf(serial);
  const auto kept = read();
  const auto in = [&](const Counts& counts) {
    const auto found = counts.find(digest);
    return found == counts.end() ? 0U : found->second;
  };
  return std::max(in(kept), in(own_));
}

void PinCount::add(const std::string& serial, unsigned least) {
  write(digestOf(serial), std::min(std::max(of(serial) + 1, least), mostCounted));
}

void PinCount::forget(const std::string& serial) {
  if (of(serial) > 0) write(digestOf(serial), 0);
}

/// What cannot be kept is still known to this process: a disk that is full must not cost a try.
void PinCount::write(const std::string& digest, unsigned count) {
  if (count > 0)
    own_[digest] = count;
  else
    own_.erase(digest);
  std::error_code error;
  std::filesystem::create_directories(file_.parent_path(), error);
  std::filesystem::permissions(file_.parent_path(), std::filesystem::perms::owner_all, error);
  const FileLock lock(file_);
  if (!lock.held()) return;
  auto counts = read();
  counts.erase(digest);
  if (count > 0) counts[digest] = count;
  std::string content;
  for (const auto& [key, number] : counts) content += key + " " + std::to_string(number) + "\n";
  replaceFile(file_, content);
}

}  // namespace sealferry::operation
