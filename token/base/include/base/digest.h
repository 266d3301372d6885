// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "base/bytes.h"

namespace sealferry {

/// SHA-256 (FIPS 180-4), 32 bytes.
Bytes sha256(ByteView data);
/// SM3 (GB/T 32905), 32 bytes.
Bytes sm3(ByteView data);

/// SHA-256 of what comes in parts.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void update(ByteView data);
  Bytes finish();  ///< once

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Equal in content and length, in time that does not depend on where they differ.
bool sameBytes(ByteView left, ByteView right);
/// From the operating system's generator, through OpenSSL.
Bytes randomBytes(std::size_t count);

}  // namespace sealferry
