// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>

#include "label.h"
#include "scene.h"

using namespace sealferry;
using namespace sealferry::token;

namespace {
ErrorCode codeOf(const Result<void>& result) { return result ? ErrorCode{} : result.error().code; }
}  // namespace

TEST_CASE("a change replaces seal and certificate and leaves nothing behind") {
  Scene scene;
  CHECK(scene.shown() == "old");
  const auto before = scene.key.objectCount();
  REQUIRE(scene.store().apply(scene.renewal(), {}));
  CHECK(scene.shown() == "new");
  CHECK(scene.key.objectCount() == before + 1);  // the new seal has one part more
  CHECK_FALSE(scene.store().pending()->has_value());
}

TEST_CASE("the same order again writes nothing") {
  Scene scene;
  REQUIRE(scene.store().apply(scene.renewal(), {}));
  const auto used = scene.key.usedBytes();
  bool progressed = false;
  REQUIRE(scene.store().apply(scene.renewal(), [&](auto, auto, auto) { progressed = true; }));
  CHECK(scene.key.usedBytes() == used);
  CHECK_FALSE(progressed);
}

TEST_CASE("an old order does not bring an old seal back") {
  Scene scene;
  const Change older{.order = "a", .put = {{"seal", Bytes(10, 1)}}, .replaces = {sha256(scene.oldSeal)}};
  const Change newer{.order = "b", .put = {{"seal", Bytes(10, 2)}}, .replaces = {sha256(Bytes(10, 1))}};
  REQUIRE(scene.store().apply(older, {}));
  REQUIRE(scene.store().apply(newer, {}));
  CHECK(codeOf(scene.store().apply(older, {})) == ErrorCode::order_mismatch);
  const Change nameless{.order = "c", .put = {{"seal", Bytes(10, 1)}}};
  CHECK(codeOf(scene.store().apply(nameless, {})) == ErrorCode::order_mismatch);
  CHECK(*scene.store().readBlob("seal") == Bytes(10, 2));
}

TEST_CASE("a certificate needs its key pair, and its own use") {
  Scene scene;
  auto change = scene.renewal();
  change.signCertificate = soft::makeCertificate(soft::Key::makeP256().publicKeyInfo());
  CHECK(codeOf(scene.store().apply(change, {})) == ErrorCode::order_mismatch);
  change.signCertificate = scene.encryptionCertificate;
  CHECK(codeOf(scene.store().apply(change, {})) == ErrorCode::certificate_invalid);
  change.signCertificate = Bytes{1, 2, 3};
  CHECK(codeOf(scene.store().apply(change, {})) == ErrorCode::certificate_invalid);
  CHECK(scene.shown() == "old");
}

TEST_CASE("without any key pair there is no certificate to renew") {
  MemoryKey key;
  store::Store store(key);
  const auto certificate = soft::makeCertificate(soft::Key::makeP256().publicKeyInfo());
  CHECK(codeOf(store.apply({.order = "a", .signCertificate = certificate}, {})) == ErrorCode::no_certificate);
}

TEST_CASE("a signing certificate never takes away an encryption certificate of the same key pair") {
  Scene scene;
  const auto pair = scene.key.keyPair(scene.keyId)->publicKeyInfo();
  const auto encrypting = soft::makeCertificate(pair, {.use = KeyUse::encryption, .serialNumber = 8});
  REQUIRE(scene.key.importCertificate(scene.keyId, encrypting));
  REQUIRE(scene.store().apply(scene.renewal(), {}));
  const auto left = scene.store().certificates();
  CHECK(std::ranges::any_of(*left, [&](const auto& one) { return one.der == encrypting; }));
  CHECK(std::ranges::any_of(*left, [&](const auto& one) { return one.der == scene.encryptionCertificate; }));
  CHECK(std::ranges::none_of(*left, [&](const auto& one) { return one.der == scene.oldCertificate; }));
}

TEST_CASE("malformed changes are refused before the key is touched") {
  Scene scene;
  scene.key.set({});
  CHECK(codeOf(scene.store().apply({}, {})) == ErrorCode::bad_request);
  CHECK(codeOf(scene.store().apply({.order = "a"}, {})) == ErrorCode::bad_request);
  CHECK(codeOf(scene.store().apply({.order = "a", .put = {{"", {}}}}, {})) == ErrorCode::bad_request);
  CHECK(codeOf(scene.store().apply({.order = "a", .put = {{"x", {}}, {"x", {}}}}, {})) == ErrorCode::bad_request);
  CHECK(codeOf(scene.store().apply({.order = "a", .replaces = {Bytes(31)}}, {})) == ErrorCode::bad_request);
  CHECK(codeOf(scene.store().apply({.order = "a", .put = {{"x", Bytes(5U << 20)}}}, {})) == ErrorCode::too_large);
  CHECK(scene.key.calls() == 0);
}

TEST_CASE("what the key keeps is compared with what was meant: one turned bit fails the change") {
  Scene scene;
  scene.key.set({});
  REQUIRE(scene.store().pending());
  const auto reading = scene.key.calls();
  for (unsigned call = 1; call < 60; ++call) {
    Scene damaged;
    damaged.key.set({.mangleAt = reading + call});
    const auto outcome = damaged.store().apply(damaged.renewal(), {});
    CHECK(damaged.shown() == (outcome ? "new" : "old"));
    CHECK(damaged.store().apply(damaged.renewal(), {}).has_value());
    CHECK(damaged.shown() == "new");
  }
}

TEST_CASE("two copies: the newest complete one wins, the next write takes the older one away") {
  Scene scene;
  // What a foreign or killed program may leave: a whole second copy without any journal.
  MemoryKey copy;
  REQUIRE(store::Store(copy).apply({.order = "x", .put = {{"other", {}}}}, {}));
  REQUIRE(store::Store(copy).apply({.order = "x", .put = {{"seal", scene.newSeal}}}, {}));
  const auto objects = copy.objects();
  for (const auto& object : *objects) {
    if (object.label.find(store::blobLabel("seal", 1, 1).substr(0, 12)) == std::string::npos) continue;
    REQUIRE(scene.key.create(object.label, *copy.read(object.handle)));
  }
  CHECK(*scene.store().readBlob("seal") == scene.newSeal);
  CHECK(scene.store().blobs()->size() == 1);
  const auto used = scene.key.usedBytes();
  REQUIRE(scene.put("tiny", {1}));
  CHECK(scene.key.usedBytes() < used);
  CHECK(*scene.store().readBlob("seal") == scene.newSeal);
}
