// SPDX-License-Identifier: Apache-2.0
// What a key does not list hides nothing else, and nobody writes as if it were not there.
#include <doctest/doctest.h>

#include <algorithm>

#include "renewal_scene.h"

using namespace sealferry;
using namespace sealferry::token;
using Scene = test::RenewalScene;

namespace {

/// Whether the library was asked for anything that changes the key.
bool wasTouched(const Scene& scene) {
  const auto calls = scene.calls();
  return std::ranges::any_of(calls, [](const std::string& call) {
    return call.starts_with("SKF_Create") || call.starts_with("SKF_Delete") || call.starts_with("SKF_Write") ||
           call.starts_with("SKF_Import") || call.starts_with("SKF_Gen");
  });
}

void expectNothingWritten(const Scene& scene, Session& session) {
  scene.listen();
  const auto refused = scene.renew(session);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::write_failed);
  CHECK_FALSE(wasTouched(scene));
  scene.failNowhere();
  CHECK(scene.shown(session) == "old");
}

}  // namespace

TEST_CASE("files that cannot be listed hide no certificate; the seals are unknown, and nothing is written") {
  const Scene scene;
  const auto session = scene.opened();
  scene.failAlways("SKF_EnumFiles");
  const auto certificates = session->certificates();
  REQUIRE(certificates);
  CHECK(certificates->size() == 1);
  CHECK(certificates->front().hasPrivateKey);
  CHECK(session->keyPairs());
  CHECK(session->sign(certificates->front().keyId, SignatureScheme::sm2Sm3, Bytes(32, 1)));
  CHECK_FALSE(session->blobs());
  CHECK_FALSE(session->readBlob("seal"));
  CHECK_FALSE(session->pending());
  const auto layout = session->layout();
  REQUIRE(layout);
  CHECK_FALSE(layout->writable);
  CHECK(layout->reason == "unreadable");
  expectNothingWritten(scene, *session);
}

TEST_CASE("containers that cannot be listed hide no seal, and no certificate is written") {
  const Scene scene;
  const auto session = scene.opened();
  scene.failAlways("SKF_EnumContainer");
  CHECK_FALSE(session->certificates());
  CHECK(session->blobs()->size() == 1);
  CHECK(session->readBlob("seal"));
  CHECK(session->layout()->writable);
  expectNothingWritten(scene, *session);
}

TEST_CASE(
    "of several applications one whose containers are not listed may be the user's: another is read, not written") {
  const Scene scene;
  scene.addApplication("another");
  CHECK(scene.shown(*scene.opened()) == "old");
  scene.failAlways("SKF_EnumContainer");
  auto session = scene.opened();
  CHECK(session->blobs());
  scene.listen();
  const auto refused = session->apply({.order = "3", .put = {{"other", Bytes(10, 1)}}}, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::write_failed);
  CHECK_FALSE(session->createKeyPair({KeyAlgorithm::sm2, 256}));
  CHECK_FALSE(wasTouched(scene));
  session.reset();
  scene.failNowhere();
  CHECK(scene.shown(*scene.opened()) == "old");
}
