// SPDX-License-Identifier: Apache-2.0
#include "meter.h"

#include <malloc.h>
#include <openssl/crypto.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> held = 0, highest = 0, from = 0;

void* taken(void* block) {
  if (block == nullptr) return nullptr;
  const auto now = held += malloc_usable_size(block);
  if (now > highest) highest = now;
  return block;
}

void give(void* block) {
  if (block != nullptr) held -= malloc_usable_size(block);
}

void* takeForOpenssl(std::size_t size, const char*, int) { return taken(std::malloc(size)); }

void* resizeForOpenssl(void* block, std::size_t size, const char*, int) {
  give(block);
  return taken(std::realloc(block, size));
}

void giveForOpenssl(void* block, const char*, int) {
  give(block);
  std::free(block);
}

/// Before anything of OpenSSL is called: later it refuses.
const bool counted = CRYPTO_set_mem_functions(takeForOpenssl, resizeForOpenssl, giveForOpenssl) == 1;

}  // namespace

// The replaceable forms that the others come down to.
void* operator new(std::size_t size) {
  void* block = taken(std::malloc(size));
  if (block == nullptr) throw std::bad_alloc();
  return block;
}
void operator delete(void* block) noexcept {
  give(block);
  std::free(block);
}
void operator delete(void* block, std::size_t) noexcept { operator delete(block); }

namespace sealferry::test {

void startMeter() {
  if (!counted) std::abort();
  from = held.load();
  highest = held.load();
}

std::size_t peak() { return highest - from; }

}  // namespace sealferry::test
