// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "base/bytes.h"

namespace sealferry::skf {

/// How a vendor's library was compiled: the standard (GM/T 0016-2012 §6) leaves both open on 64-bit systems.
struct Layout {
  unsigned ulongBytes = 4;  ///< sizeof(ULONG), 4 or 8
  bool packed = true;       ///< structures without padding (#pragma pack(1))
};

/// Members one after another, as a C compiler of this layout puts them.
class FieldWriter {
 public:
  explicit FieldWriter(const Layout& layout) : layout_(layout) {}
  void number(std::uint64_t value);
  void bytes(ByteView value) { out_.insert(out_.end(), value.begin(), value.end()); }
  void zeroes(std::size_t count) { out_.resize(out_.size() + count); }
  void text(std::string_view value, std::size_t size);  ///< cut or filled up with zeroes
  void rightAligned(ByteView value, std::size_t size);  ///< zeroes in front, as big numbers are kept
  Bytes take();                                         ///< with the padding at the end

 private:
  Layout layout_;
  Bytes out_;
};

/// The reverse; beyond the end of the input it is bad and answers zeroes.
class FieldReader {
 public:
  FieldReader(const Layout& layout, ByteView input) : layout_(layout), input_(input) {}
  std::uint64_t number();
  Bytes bytes(std::size_t count);
  std::string text(std::size_t size);  ///< up to the first zero
  bool good() const { return good_; }
  std::size_t at() const { return at_; }

 private:
  ByteView take(std::size_t count);
  Layout layout_;
  ByteView input_;
  std::size_t at_ = 0;
  bool good_ = true;
};

}  // namespace sealferry::skf
