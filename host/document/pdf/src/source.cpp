// SPDX-License-Identifier: Apache-2.0
#include "pdf/source.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace sealferry::pdf {

FileSource::FileSource(int descriptor) : descriptor_(descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) == 0 && status.st_size > 0) size_ = static_cast<std::uint64_t>(status.st_size);
}

Bytes FileSource::read(std::uint64_t offset, std::size_t length) const {
  if (offset >= size_) return {};
  Bytes data(std::min<std::uint64_t>(length, size_ - offset));
  std::size_t done = 0;
  while (done < data.size()) {
    const auto count = ::pread(descriptor_, data.data() + done, data.size() - done, static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    done += static_cast<std::size_t>(count);
  }
  data.resize(done);
  return data;
}

bool eachPart(const Source& source, std::uint64_t offset, std::uint64_t length,
              const std::function<void(ByteView)>& take) {
  constexpr std::uint64_t step = 1024 * 1024;
  while (length > 0) {
    const auto part = source.read(offset, static_cast<std::size_t>(std::min(step, length)));
    if (part.empty()) return false;
    take(part);
    offset += part.size();
    length -= part.size();
  }
  return true;
}

}  // namespace sealferry::pdf
