// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <thread>

#include "document/stamp.h"

namespace sealferry::document {
namespace {

tl::unexpected<Error> notWritten(int native) {
  return fail(ErrorCode::internal, "writeSigned", static_cast<std::uint64_t>(native));
}

bool writeAll(int output, ByteView data) {
  while (!data.empty()) {
    const auto count = ::write(output, data.data(), data.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    data = data.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

/// Through memory, for file systems that cannot copy by themselves. 0, or errno.
int copyThroughMemory(int document, off_t offset, std::uint64_t left, int output) {
  Bytes part(256 * 1024);
  while (left > 0) {
    const auto count = ::pread(document, part.data(), std::min<std::uint64_t>(part.size(), left), offset);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    if (count == 0) return ENODATA;
    if (!writeAll(output, ByteView(part).first(static_cast<std::size_t>(count)))) return errno;
    offset += count;
    left -= static_cast<std::uint64_t>(count);
  }
  return 0;
}

int copy(int document, std::uint64_t size, int output) {
  off_t offset = 0;
  while (static_cast<std::uint64_t>(offset) < size) {
    const auto left = size - static_cast<std::uint64_t>(offset);
    const auto count = ::copy_file_range(document, &offset, output, nullptr, std::min<std::uint64_t>(left, 1 << 24), 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return copyThroughMemory(document, offset, left, output);
  }
  return 0;
}

}  // namespace

Result<void> writeSigned(int document, const Reserved& reserved, trust::DigestAlgorithm digest, const Sign& sign,
                         int output) {
  int copied = 0;
  std::jthread copying([&] { copied = copy(document, reserved.originalSize, output); });
  const auto increments = signIncrements(document, reserved, digest, sign);
  copying.join();
  if (!increments) return passOn(increments);
  if (copied != 0) return notWritten(copied);
  if (!writeAll(output, *increments)) return notWritten(errno);
  return {};
}

}  // namespace sealferry::document
