// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string_view>

#include "base/bytes.h"

namespace sealferry {

/// A PIN or the like: one allocation of its own that is locked into memory where the system allows it, wiped before it
/// is given back, moved but never copied, and without any way to print it.
class Secret {
 public:
  Secret() = default;
  explicit Secret(ByteView content);
  explicit Secret(std::size_t size);  ///< zeroes, to be filled through data()
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();

  std::uint8_t* data() { return data_; }
  ByteView view() const { return {data_, size_}; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  void shrink(std::size_t size);  ///< keeps the first `size` bytes, wipes the rest
  Secret clone() const;           ///< an explicit second copy, wiped on its own

 private:
  void release() noexcept;
  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

/// Overwrites memory in a way the compiler may not drop.
void wipe(void* memory, std::size_t size) noexcept;

}  // namespace sealferry
