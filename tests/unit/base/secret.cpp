// SPDX-License-Identifier: Apache-2.0
#include "base/secret.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <type_traits>

using namespace sealferry;

static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);

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
