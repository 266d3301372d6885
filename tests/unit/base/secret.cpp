// SPDX-License-Identifier: Apache-2.0
#include "base/secret.h"

#include <doctest/doctest.h>
#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>

using namespace sealferry;

static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);

namespace {

constexpr std::string_view planted = "planted-4711-0815";
unsigned leftBehind = 0;  ///< blocks that were given back with the planted bytes still in them

bool holdsPlanted(const void* block) {
  const std::string_view content(static_cast<const char*>(block), malloc_usable_size(const_cast<void*>(block)));
  return content.find(planted) != std::string_view::npos;
}

void giveBack(void* block) noexcept {
  if (block != nullptr && holdsPlanted(block)) ++leftBehind;
  std::free(block);
}

}  // namespace

// This program's own allocation of arrays, where a Secret keeps its bytes: what comes back is looked at.
void* operator new[](std::size_t size) {
  if (void* block = std::calloc(1, size)) return block;
  throw std::bad_alloc();
}
void operator delete[](void* block) noexcept { giveBack(block); }
void operator delete[](void* block, std::size_t) noexcept { giveBack(block); }

TEST_CASE("a secret is moved, shrunk and emptied without leaving bytes behind") {
  Secret pin(viewOf("123456"));
  const auto* before = pin.data();
  Secret moved = std::move(pin);
  CHECK(moved.data() == before);
  CHECK(pin.empty());  // NOLINT(bugprone-use-after-move): that it is empty is the promise
  moved.shrink(2);
  CHECK(textOf(moved.view()) == "12");
  CHECK(std::all_of(before + 2, before + 6, [](auto byte) { return byte == 0; }));
  CHECK(textOf(moved.clone().view()) == "12");
}

TEST_CASE("memory that held a secret is given back wiped") {
  leftBehind = 0;
  { const Secret gone(viewOf(planted)); }
  Secret replaced(viewOf(planted));
  replaced = Secret(viewOf("other"));
  {
    Secret shrunk(viewOf(planted));
    shrunk.shrink(3);
  }
  CHECK(leftBehind == 0);
  {
    // That one left as it is would be noticed.
    const auto unwiped = std::make_unique<char[]>(planted.size());
    std::ranges::copy(planted, unwiped.get());
  }
  CHECK(leftBehind == 1);
}
