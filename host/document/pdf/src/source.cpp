// SPDX-License-Identifier: Apache-2.0
#include "pdf/source.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace sealferry::pdf {
namespace {

/// Small enough for the processor's own memory, large enough that the system's calls do not count.
constexpr std::size_t partSize = 256 * 1024;

std::span<std::uint8_t> fitting(std::span<std::uint8_t> into, std::uint64_t offset, std::uint64_t size) {
  if (offset >= size) return {};
  return into.first(static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), size - offset)));
}

}  // namespace

Bytes Source::read(std::uint64_t offset, std::size_t length) const {
  if (offset >= size()) return {};
  Bytes data(static_cast<std::size_t>(std::min<std::uint64_t>(length, size() - offset)));
  data.resize(readInto(offset, data));
  return data;
}

FileSource::FileSource(int descriptor) : descriptor_(descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) == 0 && status.st_size > 0) size_ = static_cast<std::uint64_t>(status.st_size);
}

std::size_t FileSource::readInto(std::uint64_t offset, std::span<std::uint8_t> into) const {
  into = fitting(into, offset, size_);
  std::size_t done = 0;
  while (done < into.size()) {
    const auto count = ::pread(descriptor_, into.data() + done, into.size() - done, static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    done += static_cast<std::size_t>(count);
  }
  return done;
}

std::size_t PrefixSource::readInto(std::uint64_t offset, std::span<std::uint8_t> into) const {
  return whole_.readInto(offset, fitting(into, offset, size_));
}

std::size_t MemorySource::readInto(std::uint64_t offset, std::span<std::uint8_t> into) const {
  into = fitting(into, offset, bytes_.size());
  std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(into.empty() ? 0 : offset), into.size(), into.begin());
  return into.size();
}

bool eachPart(const Source& source, std::uint64_t offset, std::uint64_t length,
              const std::function<void(ByteView)>& take) {
  Bytes buffer(static_cast<std::size_t>(std::min<std::uint64_t>(length, partSize)));
  while (length > 0) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(length, buffer.size()));
    const auto count = source.readInto(offset, std::span(buffer).first(wanted));
    if (count == 0) return false;
    take(ByteView(buffer).first(count));
    offset += count;
    length -= count;
  }
  return true;
}

}  // namespace sealferry::pdf
