// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>

#include "base/bytes.h"

namespace sealferry::pdf {

/// The bytes of a document, read where they are needed: a file may be far larger than memory.
class Source {
 public:
  virtual ~Source() = default;
  virtual std::uint64_t size() const = 0;
  /// Up to `length` bytes from `offset`; fewer only at the end or on a failure.
  virtual Bytes read(std::uint64_t offset, std::size_t length) const = 0;
};

/// An open file; the descriptor stays the caller's.
class FileSource : public Source {
 public:
  explicit FileSource(int descriptor);
  std::uint64_t size() const override { return size_; }
  Bytes read(std::uint64_t offset, std::size_t length) const override;

 private:
  int descriptor_;
  std::uint64_t size_ = 0;
};

/// Hands the range over in parts of at most 1 MiB; false if it could not be read whole.
bool eachPart(const Source& source, std::uint64_t offset, std::uint64_t length,
              const std::function<void(ByteView)>& take);

}  // namespace sealferry::pdf
