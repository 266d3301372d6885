// SPDX-License-Identifier: Apache-2.0
// Seals where a vendor's tools look for them: the promises of the store, and where it keeps its hands off.
#include <doctest/doctest.h>

#include <functional>

#include "vendor_scene.h"

using namespace sealferry;
using namespace sealferry::token;

namespace {

void forEachForm(const std::function<void(SealEncoding, std::uint32_t)>& act) {
  for (const auto encoding : allEncodings)
    for (const std::uint32_t fixed : {0U, 15U * 1024}) {
      CAPTURE(static_cast<int>(encoding));
      CAPTURE(fixed);
      act(encoding, fixed);
    }
}

unsigned callsOfRenewal(SealEncoding encoding, std::uint32_t fixed) {
  VendorScene scene(encoding, fixed);
  scene.key.set({});
  REQUIRE(scene.renew());
  return scene.key.calls();
}

void breakOffEverywhere(const std::function<MemoryFaults(unsigned)>& faultsAt) {
  forEachForm([&](SealEncoding encoding, std::uint32_t fixed) {
    unsigned old = 0, fresh = 0;
    VendorScene whole(encoding, fixed);
    REQUIRE(whole.renew());
    const auto calls = callsOfRenewal(encoding, fixed);
    for (unsigned call = 1; call <= calls; ++call) {
      CAPTURE(call);
      VendorScene scene(encoding, fixed);
      scene.key.set(faultsAt(call));
      (void)scene.renew();
      scene.key.plug();
      scene.key.set({});
      const auto shown = scene.shown();
      CHECK_MESSAGE((shown == "old" || shown == "new"), shown);
      ++(shown == "old" ? old : fresh);
      if (shown == "old" && !scene.store().pending()->has_value())
        CHECK(scene.vendorSees() == scene.vendorShouldSee(scene.first));
      REQUIRE(scene.renew());
      CHECK(scene.shown() == "new");
      CHECK(scene.vendorSees() == scene.vendorShouldSee(scene.second));
      CHECK_FALSE(scene.store().pending()->has_value());
      CHECK(scene.key.objectCount() == whole.key.objectCount());
    }
    CHECK(old > 0);
    CHECK(fresh > 0);
  });
}

}  // namespace

TEST_CASE("seals go where the vendor's tools look for them, and are replaced there") {
  forEachForm([](SealEncoding encoding, std::uint32_t fixed) {
    VendorScene scene(encoding, fixed);
    CHECK(scene.shown() == "old");
    CHECK(scene.vendorSees() == scene.vendorShouldSee(scene.first));
    REQUIRE(scene.renew());
    CHECK(scene.shown() == "new");
    CHECK(scene.vendorSees() == scene.vendorShouldSee(scene.second));
    const auto calls = scene.key.calls();
    REQUIRE(scene.store().apply(scene.renewal(), [](auto, auto, auto) { FAIL_CHECK("nothing is written twice"); }));
    CHECK(scene.key.calls() > calls);
    CHECK(scene.store().state({.order = "renewal", .blobs = {sha256(scene.second.content)}}) == ChangeState::done);
    if (fixed > 0) CHECK(scene.key.file(placesOf(scene.form)[0])->size() == fixed);
  });
}

TEST_CASE("what a vendor's file holds is listed under the profile's name") {
  VendorScene der(SealEncoding::der);
  const auto seals = der.store().blobs();
  for (const auto& info : *seals) {
    CHECK(info.profile == "vendor");
    CHECK_FALSE(info.picture);
    CHECK(info.name.starts_with("vendor/SEAL"));
  }
  VendorScene xml(SealEncoding::sealinfos);
  unsigned pictures = 0, ours = 0;
  const auto all = xml.store().blobs();
  for (const auto& info : *all) {
    ++(info.picture ? pictures : ours);
    CHECK(info.profile == (info.picture ? "vendor" : ""));
    if (info.picture) CHECK(info.widthMm == 42);
    if (info.picture) CHECK(info.title.starts_with("公章"));
  }
  CHECK(pictures == 2);
  CHECK(ours == 2);
}

TEST_CASE("vendors' files, pulled before each call") {
  breakOffEverywhere([](unsigned call) { return MemoryFaults{.pullBefore = call}; });
}

TEST_CASE("vendors' files, pulled after each call: half a file is never shown") {
  breakOffEverywhere([](unsigned call) { return MemoryFaults{.pullAfter = call}; });
}

TEST_CASE("vendors' files, each call fails once with the key still there") {
  breakOffEverywhere([](unsigned call) { return MemoryFaults{.failAt = call}; });
}

TEST_CASE("a vendor's file that keeps a turned bit is noticed and written again") {
  forEachForm([](SealEncoding encoding, std::uint32_t fixed) {
    const auto calls = callsOfRenewal(encoding, fixed);
    for (unsigned call = 1; call <= calls; ++call) {
      CAPTURE(call);
      VendorScene scene(encoding, fixed);
      scene.key.set({.mangleAt = call});
      const auto done = scene.renew();
      scene.key.set({});
      const auto shown = scene.shown();
      CHECK_MESSAGE((shown == "old" || shown == "new"), shown);
      if (done) CHECK(shown == "new");
      REQUIRE(scene.renew());
      CHECK(scene.vendorSees() == scene.vendorShouldSee(scene.second));
    }
  });
}

TEST_CASE("a change that was committed is brought to the vendor's file without the profile and without the payload") {
  unsigned torn = 0;
  const auto calls = callsOfRenewal(SealEncoding::der, 15U * 1024);
  for (unsigned call = 1; call <= calls; ++call) {
    VendorScene scene(SealEncoding::der, 15U * 1024);
    scene.key.set({.pullAfter = call});
    (void)scene.renew();
    scene.key.plug();
    scene.key.set({});
    const auto pending = scene.store().pending();
    if (!*pending || !(*pending)->committed) continue;
    ++torn;
    scene.key.knownProfiles[0].mayWrite = true;
    REQUIRE(scene.store().apply({.order = "next", .put = {VendorScene::blob("third", 9)}}, {}));
    CHECK(scene.store().readBlob("vendor/SEAL1") == scene.second.content);
    CHECK_FALSE(scene.store().pending()->has_value());
  }
  CHECK(torn >= 4);
}

TEST_CASE("a seal of the vendor's own is read, replaced by its digest, and left alone by what does not name it") {
  for (const auto encoding : allEncodings) {
    VendorScene scene(encoding);
    const auto foreign = keepsSeal(encoding) ? asSeal(sampleSeal(99, 99)) : asPicture("旧章", samplePicture(77, 77));
    VendorScene fresh(encoding);
    fresh.key = MemoryKey();
    fresh.key.knownProfiles = {fresh.form};
    fresh.key.putFile(placesOf(fresh.form)[0], *encode(fresh.form, {foreign}));
    const auto digest = sha256(foreign.content());
    CHECK(fresh.store().blobs()->size() == 1);
    CHECK(fresh.store().blobs()->at(0).sha256 == digest);
    REQUIRE(fresh.store().apply({.order = "1", .put = {fresh.other}}, {}));
    CHECK(fresh.vendorSees().size() == 2);
    REQUIRE(fresh.store().apply({.order = "2", .put = {fresh.first}, .replaces = {digest}}, {}));
    CHECK(fresh.shown() == "old");
    CHECK(fresh.vendorSees() == fresh.vendorShouldSee(fresh.first));
    // Once it is gone, an order that names it brings nothing back.
    const Change again{.order = "3", .put = {VendorScene::blob("x", 8)}, .replaces = {digest}};
    CHECK(fresh.store().apply(again, {}).error().code == ErrorCode::order_mismatch);
  }
}

TEST_CASE("the last seal goes: the file goes, or is empty if it has a fixed size") {
  VendorScene scene(SealEncoding::der);
  REQUIRE(
      scene.store().apply({.order = "x", .replaces = {sha256(scene.first.content), sha256(scene.other.content)}}, {}));
  CHECK_FALSE(scene.key.file("SEAL1").has_value());
  VendorScene fixed(SealEncoding::der, 8192);
  REQUIRE(
      fixed.store().apply({.order = "x", .replaces = {sha256(fixed.first.content), sha256(fixed.other.content)}}, {}));
  CHECK(fixed.key.file("SEAL1") == Bytes(8192, 0));
  CHECK(fixed.store().blobs()->empty());
}

TEST_CASE("more seals than places, or larger than the file: no room, and nothing was touched") {
  VendorScene scene(SealEncoding::der, 8192);
  const auto before = scene.key.file("SEAL1");
  REQUIRE(scene.store().apply({.order = "3", .put = {VendorScene::blob("third", 7)}}, {}));
  CHECK(scene.store().apply({.order = "4", .put = {VendorScene::blob("fourth", 8)}}, {}).error().code ==
        ErrorCode::no_room);
  const Change large{.order = "5", .put = {{"large", sampleSeal(9000, 4)}}, .replaces = {sha256(scene.first.content)}};
  CHECK(scene.store().apply(large, {}).error().code == ErrorCode::no_room);
  CHECK(scene.key.file("SEAL1") == before);
  CHECK_FALSE(scene.store().pending()->has_value());
}

TEST_CASE("a seal whose face is missing, or cannot be held, is refused before anything is written") {
  VendorScene scene(SealEncoding::sealinfos);
  const auto objects = scene.key.objectCount();
  auto bare = scene.renewal();
  bare.put[0].face.reset();
  CHECK(scene.store().apply(bare, {}).error().code == ErrorCode::layout_unknown);
  auto strange = scene.renewal();
  strange.put[0].face->title = "😀";
  CHECK(scene.store().apply(strange, {}).error().code == ErrorCode::layout_unknown);
  CHECK(scene.key.objectCount() == objects);
  CHECK(scene.shown() == "old");
}

TEST_CASE("a layout that is not known is read as far as it can be, and never written") {
  struct Case {
    const char* reason;
    std::function<void(VendorScene&)> make;
  };
  const std::vector<Case> cases{
      {"notNamed", [](VendorScene& scene) { scene.key.knownProfiles[0].mayWrite = false; }},
      {"unexplained", [](VendorScene& scene) { scene.key.putFile("logo", samplePicture()); }},
      {"unexplained",
       [](VendorScene& scene) {
         scene.key.putFile("SEAL9", {1, 2, 3});
       }},
      {"unexplained", [](VendorScene& scene) { scene.key.putFile("seals.xml", Bytes(100, 'x')); }},
      {"unexplained", [](VendorScene& scene) { scene.key.knownProfiles.clear(); }},
      {"ambiguous",
       [](VendorScene& scene) {
         scene.key.knownProfiles.push_back(scene.form);
         scene.key.knownProfiles[1].name = "second";
       }},
      {"incomplete", [](VendorScene& scene) {
         auto text = textOf(*scene.key.file("seals.xml"));
         text.replace(text.find("</sealinfo>"), 0, "<sealid>1</sealid>");
         scene.key.putFile("seals.xml", copyOf(viewOf(text)));
       }}};
  for (const auto& [reason, make] : cases) {
    CAPTURE(reason);
    VendorScene scene(SealEncoding::sealinfos);
    make(scene);
    const auto files = scene.key.objectCount();
    const auto xml = scene.key.file("seals.xml");
    const auto layout = scene.store().layout();
    REQUIRE(layout);
    CHECK_FALSE(layout->writable);
    CHECK(layout->reason == reason);
    const auto done = scene.renew();
    REQUIRE_FALSE(done);
    CHECK(done.error().code == ErrorCode::layout_unknown);
    CHECK(done.error().detail.at("reason") == reason);
    CHECK(scene.key.objectCount() == files);
    CHECK(scene.key.file("seals.xml") == xml);
    CHECK(scene.store().readBlob("seal") == scene.first.content);  // our own stay readable
  }
}

TEST_CASE("what is no seal does not stand in the way") {
  VendorScene scene(SealEncoding::der);
  scene.key.putFile("config", copyOf(viewOf("name=value")));
  CHECK(scene.store().layout() == KeyLayout{.profile = "vendor"});
  REQUIRE(scene.renew());
  CHECK(scene.key.file("config") == copyOf(viewOf("name=value")));
}

TEST_CASE("room is reckoned with the copy on the way") {
  VendorScene scene(SealEncoding::der);
  scene.key.memoryLimit = scene.key.usedBytes() + 3000;  // the copy alone does not fit
  const auto before = scene.key.file("SEAL1");
  const auto done = scene.renew();
  REQUIRE_FALSE(done);
  CHECK(done.error().code == ErrorCode::no_room);
  CHECK(scene.key.file("SEAL1") == before);
  CHECK(scene.shown() == "old");
  scene.key.memoryLimit = scene.key.usedBytes() + 6000;
  REQUIRE(scene.renew());
}
