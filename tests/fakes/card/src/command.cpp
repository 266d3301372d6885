// SPDX-License-Identifier: Apache-2.0
#include "card/command.h"

namespace sealferry::card {
namespace {

std::size_t two(ByteView at) { return static_cast<std::size_t>(at[0]) << 8 | at[1]; }

/// Le is 1 byte in a short command and 2 in an extended one; all zeroes mean the most there can be.
bool takeExpected(ByteView rest, std::size_t width, Command& command) {
  if (rest.empty()) return true;
  if (rest.size() != width) return false;
  const std::size_t value = width == 1 ? rest[0] : two(rest);
  command.expected = value != 0 ? value : width == 1 ? 256 : 65'536;
  return true;
}

bool takeData(ByteView rest, std::size_t size, std::size_t width, Command& command) {
  if (size == 0 || rest.size() < size) return false;
  command.data = copyOf(rest.first(size));
  return takeExpected(rest.subspan(size), width, command);
}

bool takeBody(ByteView body, Command& command) {
  if (body.empty()) return true;
  if (body.size() == 1) return takeExpected(body, 1, command);
  if (body[0] != 0) return takeData(body.subspan(1), body[0], 1, command);
  if (body.size() < 3) return false;
  if (body.size() == 3) return takeExpected(body.subspan(1), 2, command);
  return takeData(body.subspan(3), two(body.subspan(1)), 2, command);
}

}  // namespace

std::optional<Command> parseCommand(ByteView frame) {
  if (frame.size() < 4) return std::nullopt;
  Command command{frame[0], frame[1], frame[2], frame[3], {}, 0};
  if (!takeBody(frame.subspan(4), command)) return std::nullopt;
  return command;
}

}  // namespace sealferry::card
