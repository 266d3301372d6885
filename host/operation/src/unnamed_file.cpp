// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <utility>

#include "operation/documents.h"

namespace sealferry::operation {
namespace {

std::uint64_t systemError() { return static_cast<std::uint64_t>(errno); }

/// On disk where that works: a document may be larger than memory.
int createDescriptor() {
  const char* folder = std::getenv("XDG_RUNTIME_DIR");
  for (const char* place : {"/var/tmp", "/tmp", folder}) {
    if (place == nullptr) continue;
    const int descriptor = ::open(place, O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
    if (descriptor >= 0) return descriptor;
  }
  return ::memfd_create("sealferry", MFD_CLOEXEC);
}

}  // namespace

Result<UnnamedFile> UnnamedFile::create() {
  const int descriptor = createDescriptor();
  if (descriptor < 0) return fail(ErrorCode::internal, "createDescriptor", systemError());
  return UnnamedFile(descriptor, 0);
}

UnnamedFile::UnnamedFile(UnnamedFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), size_(std::exchange(other.size_, 0)) {}

UnnamedFile& UnnamedFile::operator=(UnnamedFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(size_, other.size_);
  return *this;
}

UnnamedFile::~UnnamedFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> UnnamedFile::append(ByteView data) {
  while (!data.empty()) {
    const auto count = ::pwrite(descriptor_, data.data(), data.size(), static_cast<off_t>(size_));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return fail(ErrorCode::internal, "pwrite", systemError());
    size_ += static_cast<std::uint64_t>(count);
    data = data.subspan(static_cast<std::size_t>(count));
  }
  return {};
}

Result<void> UnnamedFile::truncate(std::uint64_t size) {
  if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0)
    return fail(ErrorCode::internal, "ftruncate", systemError());
  size_ = size;
  return {};
}

Result<Bytes> UnnamedFile::read(std::uint64_t offset, std::size_t length) const {
  if (offset >= size_) return Bytes{};
  Bytes data(std::min<std::uint64_t>(length, size_ - offset));
  std::size_t done = 0;
  while (done < data.size()) {
    const auto count = ::pread(descriptor_, data.data() + done, data.size() - done, static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return fail(ErrorCode::internal, "pread", systemError());
    done += static_cast<std::size_t>(count);
  }
  return data;
}

}  // namespace sealferry::operation
