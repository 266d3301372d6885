// SPDX-License-Identifier: Apache-2.0
#include "base/secret.h"

#include <openssl/crypto.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <utility>

namespace sealferry {

void wipe(void* memory, std::size_t size) noexcept { OPENSSL_cleanse(memory, size); }

Secret::Secret(std::size_t size) : size_(size), capacity_(size) {
  if (size == 0) return;
  data_ = std::make_unique<std::uint8_t[]>(size).release();
  mlock(data_, size);  // best effort: a small RLIMIT_MEMLOCK must not stop the user
}

Secret::Secret(ByteView content) : Secret(content.size()) { std::ranges::copy(content, data_); }

Secret::Secret(Secret&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  release();
  data_ = std::exchange(other.data_, nullptr);
  size_ = std::exchange(other.size_, 0);
  capacity_ = std::exchange(other.capacity_, 0);
  return *this;
}

Secret::~Secret() { release(); }

void Secret::shrink(std::size_t size) {
  if (size >= size_) return;
  wipe(data_ + size, size_ - size);
  size_ = size;
}

Secret Secret::clone() const { return Secret(view()); }

void Secret::release() noexcept {
  if (data_ == nullptr) return;
  wipe(data_, capacity_);
  munlock(data_, capacity_);
  std::unique_ptr<std::uint8_t[]>{data_}.reset();
  data_ = nullptr;
  size_ = capacity_ = 0;
}

}  // namespace sealferry
