// SPDX-License-Identifier: Apache-2.0
#include "channel.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "protocol/message.h"

namespace sealferry::token {
namespace {

bool readAll(int descriptor, std::uint8_t* at, std::size_t size) {
  while (size > 0) {
    const auto got = read(descriptor, at, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

bool writeAll(int descriptor, ByteView bytes) {
  while (!bytes.empty()) {
    const auto put = write(descriptor, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  return true;
}

constexpr int firstPrivateDescriptor = 10;

}  // namespace

Pipe takePipe() {
  const Pipe pipe{fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, firstPrivateDescriptor),
                  fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, firstPrivateDescriptor)};
  const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  dup2(nothing, STDIN_FILENO);
  dup2(nothing, STDOUT_FILENO);
#ifndef SEALFERRY_DEV
  dup2(nothing, STDERR_FILENO);  // tests want the sanitizers' reports; a log must not have what a driver babbles
#endif
  close(nothing);
  return pipe;
}

std::optional<Bytes> readFrame(const Pipe& pipe) {
  std::array<std::uint8_t, protocol::lengthBytes> head{};
  if (!readAll(pipe.in, head.data(), head.size())) return std::nullopt;
  std::size_t size = 0;
  for (std::size_t i = head.size(); i-- > 0;) size = size << 8 | head[i];
  if (size > protocol::mostFrameBytes) return std::nullopt;
  Bytes content(size);
  if (!readAll(pipe.in, content.data(), size)) return std::nullopt;
  return content;
}

bool writeFrame(const Pipe& pipe, ByteView content) {
  std::array<std::uint8_t, protocol::lengthBytes> head{};
  for (std::size_t i = 0; i < head.size(); ++i) head[i] = static_cast<std::uint8_t>(content.size() >> 8 * i);
  return writeAll(pipe.out, head) && writeAll(pipe.out, content);
}

}  // namespace sealferry::token
