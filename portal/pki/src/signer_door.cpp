// SPDX-License-Identifier: Apache-2.0
#include "signer_door.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/bytes.h"

namespace sealferry::pki {
namespace {

constexpr std::size_t largestText = 65'536;
constexpr int patience = 5;  // seconds

bool fill(sockaddr_un& address, const std::filesystem::path& path) {
  const auto text = path.string();
  address = {};
  address.sun_family = AF_UNIX;
  if (text.empty() || text.size() >= sizeof address.sun_path) return false;
  std::memcpy(address.sun_path, text.c_str(), text.size() + 1);
  return true;
}

const sockaddr* plain(const sockaddr_un& address) { return reinterpret_cast<const sockaddr*>(&address); }

Descriptor newSocket() { return Descriptor(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)); }

void setPatience(const Descriptor& peer) {
  const timeval limit{patience, 0};
  setsockopt(peer.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(peer.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

bool receiveAll(const Descriptor& peer, std::span<std::uint8_t> out) {
  while (!out.empty()) {
    const auto got = recv(peer.get(), out.data(), out.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    out = out.subspan(static_cast<std::size_t>(got));
  }
  return true;
}

bool sendAll(const Descriptor& peer, ByteView content) {
  while (!content.empty()) {
    const auto sent = send(peer.get(), content.data(), content.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    content = content.subspan(static_cast<std::size_t>(sent));
  }
  return true;
}

bool isLeftOver(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::is_socket(path, ignored) && !connectTo(path);
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Descriptor::~Descriptor() {
  if (number_ >= 0) close(number_);
}

Descriptor listenAt(const std::filesystem::path& path) {
  sockaddr_un address{};
  auto socket = newSocket();
  if (!socket || !fill(address, path)) return Descriptor();
  std::error_code ignored;
  if (isLeftOver(path)) std::filesystem::remove(path, ignored);
  const auto before = umask(0177);  // 0600 from the first moment on
  const bool bound = bind(socket.get(), plain(address), sizeof address) == 0;
  umask(before);
  if (!bound || listen(socket.get(), 16) != 0) return Descriptor();
  return socket;
}

Descriptor connectTo(const std::filesystem::path& path) {
  sockaddr_un address{};
  auto socket = newSocket();
  if (!socket || !fill(address, path) || connect(socket.get(), plain(address), sizeof address) != 0)
    return Descriptor();
  return socket;
}

std::optional<std::string> receiveText(const Descriptor& peer) {
  setPatience(peer);
  std::array<std::uint8_t, 4> head{};
  if (!receiveAll(peer, head)) return std::nullopt;
  std::size_t size = 0;
  for (const auto byte : head) size = size << 8 | byte;
  if (size > largestText) return std::nullopt;
  Bytes content(size);
  if (!receiveAll(peer, content)) return std::nullopt;
  return textOf(content);
}

bool sendText(const Descriptor& peer, const std::string& text) {
  setPatience(peer);
  const auto size = text.size();
  if (size > largestText) return false;
  const Bytes head{static_cast<std::uint8_t>(size >> 24), static_cast<std::uint8_t>(size >> 16 & 0xff),
                   static_cast<std::uint8_t>(size >> 8 & 0xff), static_cast<std::uint8_t>(size & 0xff)};
  return sendAll(peer, head) && sendAll(peer, viewOf(text));
}

}  // namespace sealferry::pki
