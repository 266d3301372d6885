// SPDX-License-Identifier: Apache-2.0
#include "policy/origin.h"

#include <algorithm>

namespace sealferry::policy {
namespace {

bool isHostLetter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-' || letter == '.';
}

bool isHostName(std::string_view host) {
  return !host.empty() && host.size() <= 253 && host.front() != '.' && host.back() != '.' && host.front() != '-' &&
         host.find("..") == std::string_view::npos && std::ranges::all_of(host, isHostLetter);
}

/// "[::1]" and the like.
bool isAddress6(std::string_view host) {
  return host.size() > 4 && host.size() <= 41 && host.front() == '[' && host.back() == ']' &&
         std::ranges::all_of(host.substr(1, host.size() - 2), [](char letter) {
           return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f') || letter == ':';
         });
}

bool isPort(std::string_view port, std::string_view scheme) {
  if (port.empty() || port.size() > 5 || port.front() == '0') return false;
  if (!std::ranges::all_of(port, [](char digit) { return digit >= '0' && digit <= '9'; })) return false;
  return std::stoi(std::string(port)) <= 65535 && port != (scheme == "https" ? "443" : "80");
}

}  // namespace

std::optional<Origin> parseOrigin(std::string_view text) {
  const auto mark = text.find("://");
  if (mark == std::string_view::npos || text.size() > 512) return std::nullopt;
  const auto scheme = text.substr(0, mark);
  if (scheme != "https" && scheme != "http") return std::nullopt;
  auto host = text.substr(mark + 3);
  const auto colon = host.rfind(':');
  if (colon != std::string_view::npos && host.back() != ']') {
    if (!isPort(host.substr(colon + 1), scheme)) return std::nullopt;
    host = host.substr(0, colon);
  }
  if (!isHostName(host) && !isAddress6(host)) return std::nullopt;
  return Origin{std::string(text), std::string(scheme), std::string(host)};
}

}  // namespace sealferry::policy
