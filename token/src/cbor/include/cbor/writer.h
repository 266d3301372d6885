// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

#include "base/bytes.h"

namespace sealferry::cbor {

/// Writes CBOR (RFC 8949) of definite length with the shortest heads, the one encoding that Reader accepts.
class Writer {
 public:
  void array(std::size_t count);  ///< the `count` items that follow are its content
  void number(std::uint64_t value);
  void text(std::string_view value);
  void bytes(ByteView value);
  void boolean(bool value);
  void null();

  const Bytes& written() const { return out_; }
  Bytes take() { return std::move(out_); }
  /// Room for everything to come, so that a PIN that is written is never left behind by a reallocation.
  void reserve(std::size_t size) { out_.reserve(size); }

 private:
  void head(std::uint8_t major, std::uint64_t argument);
  Bytes out_;
};

}  // namespace sealferry::cbor
