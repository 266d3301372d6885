// SPDX-License-Identifier: Apache-2.0
// The promise of the store: whatever call it is at which the key is pulled or fails, the key shows the old set or the
// new set, complete, and the same order then finishes.
#include <doctest/doctest.h>

#include <functional>

#include "scene.h"

using namespace sealferry;
using namespace sealferry::token;

namespace {

unsigned callsOfRenewal() {
  Scene scene;
  scene.key.set({});
  REQUIRE(scene.store().apply(scene.renewal(), {}));
  return scene.key.calls();
}

/// Breaks the renewal off, answers what the key shows afterwards.
std::string breakOff(Scene& scene, const MemoryFaults& faults) {
  scene.key.set(faults);
  (void)scene.store().apply(scene.renewal(), {});
  scene.key.plug();
  scene.key.set({});
  return scene.shown();
}

void finishes(Scene& scene) {
  REQUIRE(scene.store().apply(scene.renewal(), {}));
  CHECK(scene.shown() == "new");
  CHECK_FALSE(scene.store().pending()->has_value());
  Scene untouched;
  REQUIRE(untouched.store().apply(untouched.renewal(), {}));
  CHECK(scene.key.objectCount() == untouched.key.objectCount());  // nothing is left behind
}

void everyCall(const std::function<MemoryFaults(unsigned)>& faultsAt) {
  unsigned old = 0, fresh = 0;
  const auto calls = callsOfRenewal();
  for (unsigned call = 1; call <= calls; ++call) {
    Scene scene;
    const auto shown = breakOff(scene, faultsAt(call));
    CAPTURE(call);
    CHECK_MESSAGE((shown == "old" || shown == "new"), shown);
    ++(shown == "old" ? old : fresh);
    finishes(scene);
  }
  CHECK(old > 0);
  CHECK(fresh > 0);
}

}  // namespace

TEST_CASE("pulled before each call") {
  everyCall([](unsigned call) { return MemoryFaults{.pullBefore = call}; });
}

TEST_CASE("pulled after each call") {
  everyCall([](unsigned call) { return MemoryFaults{.pullAfter = call}; });
}

TEST_CASE("pulled in the middle of each removal: the object stays listed for ever, and cannot be read") {
  unsigned torn = 0;
  const auto calls = callsOfRenewal();
  for (unsigned call = 1; call <= calls; ++call) {
    Scene scene;
    scene.key.set({.tearAt = call});
    const auto outcome = scene.store().apply(scene.renewal(), {});
    if (!scene.key.present()) ++torn;
    CHECK(outcome.has_value() == scene.key.present());
    scene.key.plug();
    scene.key.set({});
    CAPTURE(call);
    const auto shown = scene.shown();
    CHECK_MESSAGE((shown == "old" || shown == "new"), shown);
    finishes(scene);
  }
  CHECK(torn >= 4);  // manifest and parts of the old seal, two journals
}

TEST_CASE("each call fails once with the key still there") {
  everyCall([](unsigned call) { return MemoryFaults{.failAt = call}; });
}

TEST_CASE("each call keeps a turned bit, and the key is pulled some calls later") {
  const auto calls = callsOfRenewal();
  for (unsigned call = 1; call <= calls; ++call)
    for (unsigned later = 1; later <= 7; later += 2) {
      Scene scene;
      const auto shown = breakOff(scene, {.pullBefore = call + later, .mangleAt = call});
      CAPTURE(call);
      CHECK_MESSAGE((shown == "old" || shown == "new"), shown);
      finishes(scene);
    }
}

TEST_CASE("while ending a broken change the key is pulled again, at each call of the recovery") {
  const auto calls = callsOfRenewal();
  for (unsigned call = 5; call <= calls; call += 4)
    for (unsigned second = 1; second <= calls; second += 3) {
      Scene scene;
      (void)breakOff(scene, {.pullAfter = call});
      const auto shown = breakOff(scene, {.pullAfter = second});
      CAPTURE(call);
      CAPTURE(second);
      CHECK_MESSAGE((shown == "old" || shown == "new"), shown);
      finishes(scene);
    }
}

TEST_CASE("another order ends the broken one and then does its own work") {
  const auto calls = callsOfRenewal();
  for (unsigned call = 1; call <= calls; ++call) {
    Scene scene;
    const auto shown = breakOff(scene, {.pullAfter = call});
    REQUIRE(scene.put("another", Bytes(100, 7)));
    CHECK(*scene.store().readBlob("another") == Bytes(100, 7));
    CHECK(*scene.store().readBlob("seal") == (shown == "old" ? scene.oldSeal : scene.newSeal));
    CHECK_FALSE(scene.store().pending()->has_value());
  }
}
