// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"

/// The socket between portal and signer: a 4-byte big-endian length, then JSON. Private to portal/pki.
namespace sealferry::pki {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.number_) { other.number_ = -1; }
  Descriptor& operator=(Descriptor&& other) noexcept;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor();
  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_;
};

/// Listening, mode 0600. A socket file nobody listens at any more is replaced; anything else in its place is not.
Descriptor listenAt(const std::filesystem::path& path);
Descriptor connectTo(const std::filesystem::path& path);

/// Both give up after five seconds without progress.
std::optional<std::string> receiveText(const Descriptor& peer);
bool sendText(const Descriptor& peer, const std::string& text);

}  // namespace sealferry::pki
