// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>

#include "base/bytes.h"

namespace sealferry::pdf {

/// The bytes of a document, read where they are needed: a file may be far larger than memory.
class Source {
 public:
  virtual ~Source() = default;
  virtual std::uint64_t size() const = 0;
  /// How many bytes from `offset` were put into `into`; fewer than it holds only at the end or on a failure.
  virtual std::size_t readInto(std::uint64_t offset, std::span<std::uint8_t> into) const = 0;
  /// Up to `length` bytes from `offset`; fewer only at the end or on a failure.
  Bytes read(std::uint64_t offset, std::size_t length) const;
};

/// An open file; the descriptor stays the caller's.
class FileSource : public Source {
 public:
  explicit FileSource(int descriptor);
  std::uint64_t size() const override { return size_; }
  std::size_t readInto(std::uint64_t offset, std::span<std::uint8_t> into) const override;

 private:
  int descriptor_;
  std::uint64_t size_ = 0;
};

/// The beginning of another source, as if it ended there: a document as it was when it was signed.
class PrefixSource : public Source {
 public:
  PrefixSource(const Source& whole, std::uint64_t size) : whole_(whole), size_(std::min(size, whole.size())) {}
  std::uint64_t size() const override { return size_; }
  std::size_t readInto(std::uint64_t offset, std::span<std::uint8_t> into) const override;

 private:
  const Source& whole_;
  std::uint64_t size_;
};

/// Bytes in memory, which must outlive it.
class MemorySource : public Source {
 public:
  explicit MemorySource(ByteView bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  std::size_t readInto(std::uint64_t offset, std::span<std::uint8_t> into) const override;

 private:
  ByteView bytes_;
};

/// Hands the range over in parts, which are valid during the call only; false if it could not be read whole.
bool eachPart(const Source& source, std::uint64_t offset, std::uint64_t length,
              const std::function<void(ByteView)>& take);

}  // namespace sealferry::pdf
