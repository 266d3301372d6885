// SPDX-License-Identifier: Apache-2.0
#include "free_ports.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sealferry::desk {
namespace {

/// A socket bound to the port (0: to any) for as long as the value lives.
class Bound {
 public:
  explicit Bound(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    socklen_t size = sizeof address;
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    if (bind(socket_, plain, size) == 0 && getsockname(socket_, plain, &size) == 0) port_ = ntohs(address.sin_port);
  }
  ~Bound() { close(socket_); }
  Bound(const Bound&) = delete;
  Bound& operator=(const Bound&) = delete;
  std::uint16_t port() const { return port_; }

 private:
  int socket_;
  std::uint16_t port_ = 0;
};

}  // namespace

std::optional<std::uint16_t> twoFreePorts() {
  for (int attempt = 0; attempt < 50; ++attempt) {
    const Bound first(0);
    if (first.port() == 0 || first.port() == 0xFFFF) continue;
    const auto next = static_cast<std::uint16_t>(first.port() + 1);
    if (Bound(next).port() == next) return first.port();
  }
  return std::nullopt;
}

}  // namespace sealferry::desk
