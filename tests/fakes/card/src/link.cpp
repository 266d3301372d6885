// SPDX-License-Identifier: Apache-2.0
#include "card/link.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "card/tlv.h"

namespace sealferry::card {
namespace {

void setOption(int socket, int option) {
  const int on = 1;
  (void)setsockopt(socket, IPPROTO_TCP, option, &on, sizeof on);  // a local socket in the unit tests has none of these
}

}  // namespace

std::optional<Link> Link::connect(std::uint16_t port) {
  Link link(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(link.socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return std::nullopt;
  setOption(link.socket_, TCP_NODELAY);
  return link;
}

Link::Link(Link&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}

Link::~Link() {
  if (socket_ >= 0) close(socket_);
}

/// vpcd sends length and body apart; unless each is acknowledged at once (TCP_QUICKACK does not last), Nagle's
/// algorithm on its side and ours of delayed acknowledgement cost 40 ms an exchange.
bool Link::fill(std::uint8_t* at, std::size_t size) {
  while (size > 0) {
    setOption(socket_, TCP_QUICKACK);
    const auto got = recv(socket_, at, size, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

std::optional<Bytes> Link::receive() {
  std::array<std::uint8_t, 2> head{};
  if (!fill(head.data(), head.size())) return std::nullopt;
  Bytes frame(static_cast<std::size_t>(head[0]) << 8 | head[1]);
  if (!fill(frame.data(), frame.size())) return std::nullopt;
  return frame;
}

bool Link::send(ByteView frame) {
  if (frame.size() > 0xFFFF) return false;
  Bytes all{static_cast<std::uint8_t>(frame.size() >> 8), static_cast<std::uint8_t>(frame.size() & 0xFF)};
  append(all, frame);
  for (ByteView rest = all; !rest.empty();) {
    const auto put = ::send(socket_, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    rest = rest.subspan(static_cast<std::size_t>(put));
  }
  return true;
}

}  // namespace sealferry::card
