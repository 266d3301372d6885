// SPDX-License-Identifier: Apache-2.0
#include "wire/frame.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace sealferry::wire {
namespace {

/// How many bytes came before the end or a failure.
std::size_t readAll(int descriptor, char* to, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const auto count = ::read(descriptor, to + done, size - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    done += static_cast<std::size_t>(count);
  }
  return done;
}

bool writeAll(int descriptor, const char* from, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const auto count = ::write(descriptor, from + done, size - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    done += static_cast<std::size_t>(count);
  }
  return true;
}

/// Grows with what really arrives: a length that was announced and never sent costs no memory.
FrameEnd readBody(int descriptor, std::size_t size, std::string& text) {
  constexpr std::size_t step = 256 * 1024;
  text.clear();
  while (text.size() < size) {
    const auto before = text.size();
    const auto part = std::min(step, size - before);
    text.resize(before + part);
    if (readAll(descriptor, text.data() + before, part) != part) return FrameEnd::truncated;
  }
  return FrameEnd::frame;
}

}  // namespace

FrameEnd readFrame(int descriptor, std::string& text) {
  std::array<char, 4> header{};
  const auto count = readAll(descriptor, header.data(), header.size());
  if (count == 0) return FrameEnd::closed;
  if (count < header.size()) return FrameEnd::truncated;
  std::uint32_t size = 0;
  std::memcpy(&size, header.data(), sizeof size);
  if (size == 0 || size > largestFrameIn) return FrameEnd::oversize;
  return readBody(descriptor, size, text);
}

bool writeFrame(int descriptor, std::string_view text) {
  if (text.empty() || text.size() > largestFrameOut) return false;
  const auto size = static_cast<std::uint32_t>(text.size());
  std::string frame(sizeof size, '\0');
  std::memcpy(frame.data(), &size, sizeof size);
  frame.append(text);  // one write: another process on the same pipe could not come between
  return writeAll(descriptor, frame.data(), frame.size());
}

}  // namespace sealferry::wire
