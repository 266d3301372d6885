// SPDX-License-Identifier: Apache-2.0
#include "whole_copy.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <thread>
#include <utility>

namespace sealferry::app {
namespace {

constexpr std::size_t step = 256 * 1024;
constexpr std::size_t copyStep = 64 * 1024 * 1024;

tl::unexpected<Error> failed(const char* where) {
  auto failure = fail(ErrorCode::document_unreadable, where, static_cast<std::uint64_t>(errno));
  failure.value().detail["reason"] = "file";
  return failure;
}

/// Reads and writes, where the kernel does not copy between these two.
bool copyByHand(int from, int to, std::uint64_t offset) {
  Bytes part(step);
  for (;;) {
    const auto count = ::pread(from, part.data(), part.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return count == 0;
    for (ssize_t done = 0; done < count;) {
      const auto written =
          ::pwrite(to, part.data() + done, static_cast<std::size_t>(count - done), static_cast<off_t>(offset) + done);
      if (written < 0 && errno != EINTR) return false;
      done += std::max<ssize_t>(written, 0);
    }
    offset += static_cast<std::uint64_t>(count);
  }
}

bool copyAll(int from, int to, std::uint64_t size) {
  off64_t in = 0, out = 0;
  while (static_cast<std::uint64_t>(in) < size) {
    const auto count = ::copy_file_range(from, &in, to, &out,
                                         std::min<std::uint64_t>(copyStep, size - static_cast<std::uint64_t>(in)), 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return copyByHand(from, to, static_cast<std::uint64_t>(in));
  }
  return true;
}

bool hashAll(int from, std::uint64_t size, trust::Digester& digest) {
  Bytes part(step);
  for (std::uint64_t offset = 0; offset < size;) {
    const auto count = ::pread(from, part.data(), part.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    digest.update(ByteView(part).first(static_cast<std::size_t>(count)));
    offset += static_cast<std::uint64_t>(count);
  }
  return true;
}

/// A descriptor for as long as it is needed.
struct Descriptor {
  int number = -1;
  explicit Descriptor(int opened) : number(opened) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

bool isSameFile(const struct stat& from, const std::filesystem::path& to) {
  struct stat there {};
  return ::stat(to.c_str(), &there) == 0 && there.st_dev == from.st_dev && there.st_ino == from.st_ino;
}

}  // namespace

Result<WholeCopy> WholeCopy::make(const std::filesystem::path& from, const std::filesystem::path& to) {
  const Descriptor source(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat facts {};
  if (source.number < 0 || ::fstat(source.number, &facts) != 0 || !S_ISREG(facts.st_mode)) return failed("open");
  if (isSameFile(facts, to)) {
    auto failure = fail(ErrorCode::bad_request, "sameFile");
    failure.value().detail["reason"] = "sameFile";
    return failure;
  }
  std::string name = to.string() + ".XXXXXX";
  const int copy = ::mkostemp(name.data(), O_CLOEXEC);
  if (copy < 0) return failed("mkostemp");
  WholeCopy whole(copy, name, to);
  whole.size_ = static_cast<std::uint64_t>(facts.st_size);
  if (::fchmod(copy, facts.st_mode & 0777) != 0) return failed("fchmod");
  if (const auto filled = whole.fill(source.number); !filled) return passOn(filled);
  return whole;
}

Result<void> WholeCopy::fill(int from) {
  bool copied = false;
  std::thread copying([&] { copied = copyAll(from, descriptor_, size_); });
  const bool hashed = hashAll(from, size_, digest_);
  copying.join();
  if (!copied || !hashed) return failed("copy");
  return {};
}

WholeCopy::WholeCopy(WholeCopy&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      name_(std::exchange(other.name_, {})),
      to_(std::move(other.to_)),
      size_(other.size_),
      digest_(std::move(other.digest_)) {}

WholeCopy::~WholeCopy() {
  if (!name_.empty()) ::unlink(name_.c_str());
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<operation::UnnamedFile> WholeCopy::file() const {
  const int other = ::fcntl(descriptor_, F_DUPFD_CLOEXEC, 0);
  if (other < 0) return failed("dup");
  return operation::UnnamedFile::of(other, size_);
}

Result<void> WholeCopy::put() {
  if (::rename(name_.c_str(), to_.c_str()) != 0) return failed("rename");
  name_.clear();
  return {};
}

}  // namespace sealferry::app
