// SPDX-License-Identifier: Apache-2.0
// One item that cannot be read hides no other, and is never taken for one that is not there where something is written
// or ended.
#include <doctest/doctest.h>

#include "renewal_scene.h"

using namespace sealferry;
using Scene = test::RenewalScene;

namespace {

constexpr const char* reading[] = {"SKF_ExportCertificate", "SKF_ExportPublicKey", "SKF_GetFileInfo",
                                   "SKF_ReadFile",          "SKF_EnumFiles",       "SKF_EnumContainer"};

}  // namespace

TEST_CASE("a place or a foreign file that cannot be read once hides nothing else") {
  const Scene scene;
  const auto session = scene.opened();
  for (unsigned nth = 1; nth < 5; ++nth) {
    CAPTURE(nth);
    scene.failAt("SKF_ExportCertificate", nth);
    CHECK(session->certificates());
    scene.failAt("SKF_ExportPublicKey", nth);
    CHECK(session->certificates());
    CHECK(session->keyPairs());
  }
  scene.failNowhere();
  CHECK(scene.shown(*session) == "old");
}

TEST_CASE("a part of our own that cannot be read is an error, and not a seal less") {
  const Scene scene;
  const auto session = scene.opened();
  unsigned errors = 0;
  for (const auto* call : {"SKF_GetFileInfo", "SKF_ReadFile"})
    for (unsigned nth = 1; nth < 6; ++nth) {
      CAPTURE(call);
      CAPTURE(nth);
      scene.failAt(call, nth);
      const auto blobs = session->blobs();
      if (blobs) CHECK(blobs->size() == 1);
      if (!blobs) ++errors;
    }
  CHECK(errors > 0);
}

TEST_CASE("writing: whatever fails to be read once, what is shown is old or new, and the order goes through") {
  const Scene scene;
  for (const auto* call : reading)
    for (unsigned nth = 1; nth < 16; ++nth) {
      CAPTURE(call);
      CAPTURE(nth);
      scene.reset();
      const auto session = scene.opened();
      scene.failAt(call, nth);
      const auto done = scene.renew(*session);
      scene.failNowhere();
      const auto shown = scene.shown(*session);
      CHECK_MESSAGE((shown == "new" || (shown == "old" && !done)), shown);
      REQUIRE(scene.renew(*session));
      CHECK(scene.shown(*session) == "new");
      CHECK_FALSE(session->pending()->has_value());
    }
}

TEST_CASE("recovery: a journal that cannot be read is none that is not there") {
  const Scene scene;
  unsigned errors = 0;
  for (const unsigned broken : {3U, 6U})
    for (const auto* call : reading)
      for (unsigned nth = 1; nth < 8; ++nth) {
        CAPTURE(broken);
        CAPTURE(call);
        CAPTURE(nth);
        scene.reset();
        scene.pullAt("SKF_WriteFile", broken);
        CHECK_FALSE(scene.renew(*scene.opened()));
        scene.failNowhere();
        scene.plug();
        const auto session = scene.opened();
        REQUIRE(session->pending()->has_value());
        scene.failAt(call, nth);
        const auto pending = session->pending();
        if (pending) CHECK(pending->has_value());
        if (!pending) ++errors;
        scene.failAt(call, nth);
        (void)scene.renew(*session);
        scene.failNowhere();
        const auto shown = scene.shown(*session);
        CHECK_MESSAGE((shown == "old" || shown == "new"), shown);
        REQUIRE(scene.renew(*session));
        CHECK(scene.shown(*session) == "new");
      }
  CHECK(errors > 0);
}
