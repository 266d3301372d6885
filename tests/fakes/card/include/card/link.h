// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "base/bytes.h"

namespace sealferry::card {

/// The socket to vpcd's reader: connected is plugged in. Frames both ways are a length of two bytes, big-endian, and
/// that many bytes.
class Link {
 public:
  static std::optional<Link> connect(std::uint16_t port);
  explicit Link(int socket) : socket_(socket) {}
  Link(Link&& other) noexcept;
  Link& operator=(Link&&) = delete;
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;
  ~Link();

  std::optional<Bytes> receive();  ///< nothing at the end, in the middle of a frame too
  bool send(ByteView frame);       ///< false for more than 65,535 bytes

 private:
  bool fill(std::uint8_t* at, std::size_t size);
  int socket_;
};

}  // namespace sealferry::card
