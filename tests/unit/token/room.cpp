// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "scene.h"

using namespace sealferry;
using namespace sealferry::token;

namespace {

struct Small : Scene {
  explicit Small(std::uint64_t free) { key.memoryLimit = key.usedBytes() + free; }
};

}  // namespace

TEST_CASE("no room: refused before anything is written") {
  Small scene(30'000);
  const auto used = scene.key.usedBytes();
  const auto outcome = scene.store().apply(scene.renewal(), {});
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code == ErrorCode::no_room);
  CHECK(scene.key.usedBytes() == used);
  CHECK(scene.shown() == "old");
}

TEST_CASE("no room on a key that does not tell: written, failed, and everything as it was") {
  Small scene(30'000);
  scene.key.tellsFreeMemory = false;
  const auto used = scene.key.usedBytes();
  const auto outcome = scene.store().apply(scene.renewal(), {});
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code == ErrorCode::no_room);
  CHECK(scene.key.usedBytes() == used);
  CHECK(scene.shown() == "old");
}

TEST_CASE("in place, where the order allows it and both do not fit") {
  for (const bool tells : {true, false}) {
    Small scene(30'000);
    scene.key.tellsFreeMemory = tells;
    auto change = scene.renewal();
    change.allowInPlace = true;
    REQUIRE(scene.store().apply(change, {}));
    CHECK(scene.shown() == "new");
    CHECK_FALSE(scene.store().pending()->has_value());
  }
}

TEST_CASE("in place does not help where even the new one alone is too large") {
  for (const bool tells : {true, false}) {
    Small scene(10'000);
    scene.key.tellsFreeMemory = tells;
    auto change = scene.renewal();
    change.allowInPlace = true;
    const auto outcome = scene.store().apply(change, {});
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code == ErrorCode::no_room);
    CHECK(scene.shown() == "old");
    CHECK_FALSE(scene.store().pending()->has_value());
  }
}

TEST_CASE("an in-place change that is broken off can be carried out again, also by a reissued order") {
  for (unsigned call = 1; call < 80; ++call) {
    Small scene(30'000);
    auto change = scene.renewal();
    change.allowInPlace = true;
    scene.key.set({.pullAfter = call});
    if (scene.store().apply(change, {})) break;
    scene.key.plug();
    scene.key.set({});
    const auto state = scene.store().state({.order = "renewal", .blobs = {sha256(scene.newSeal)}});
    REQUIRE(state);
    if (!scene.store().readBlob("seal")) CHECK(*state == ChangeState::partial);
    change.order = call % 2 == 0 ? "renewal" : "another number";
    REQUIRE(scene.store().apply(change, {}));
    CHECK(scene.shown() == "new");
    CHECK_FALSE(scene.store().pending()->has_value());
  }
}
