// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/secret.h"

namespace sealferry::cbor {

/// Reads what Writer writes, item by item, straight into typed values: no tree is built, so there is no depth to
/// exhaust, and a PIN goes into a Secret without a copy in between. The first thing that is not as expected makes the
/// reader bad; from then on every call answers an empty value, so that a caller asks `finished()` once, at the end.
class Reader {
 public:
  explicit Reader(ByteView input) : rest_(input) {}

  std::size_t array(std::size_t most);  ///< how many items follow; bad if more than `most`
  std::uint64_t number(std::uint64_t most = UINT64_MAX);
  std::string text(std::size_t most);
  Bytes bytes(std::size_t most);
  Secret secret(std::size_t most);
  bool boolean();
  bool null();  ///< takes a null if one is next, and says whether it did

  bool good() const { return good_; }
  bool finished() const { return good_ && rest_.empty(); }
  void refuse() { good_ = false; }  ///< the caller found a value it cannot accept

 private:
  std::uint64_t head(std::uint8_t major);
  ByteView content(std::uint8_t major, std::size_t most);
  ByteView rest_;
  bool good_ = true;
};

}  // namespace sealferry::cbor
