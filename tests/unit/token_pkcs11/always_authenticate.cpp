// SPDX-License-Identifier: Apache-2.0
// Keys with CKA_ALWAYS_AUTHENTICATE are shown the PIN of the login again for each signature, and never one that they
// have refused.
#include <doctest/doctest.h>
#include <stdlib.h>

#include "fake_key.h"
#include "pkcs11/backend.h"
#include "soft/key.h"

using namespace sealferry;
using namespace sealferry::token;

namespace {

constexpr const char* serial = "FAKE000000000005";
constexpr const char* rightPin = "123456";
const Bytes each{1}, once{2};
const Bytes digest(32, 1);

struct Scene : FakeKey {
  soft::Key key = soft::Key::makeRsa();
  std::unique_ptr<Backend> backend;
  std::unique_ptr<Session> session;

  /// `module`: libp11 bears the fake one, and refuses the odd one, which is then used with raw calls alone.
  explicit Scene(const char* module, bool alwaysAuthenticate = true) : FakeKey(serial) {
    setenv("SEALFERRY_ODD", "initializedOnce", 1);
    store.addKeyPair(key, each, "each", alwaysAuthenticate);
    store.addKeyPair(soft::Key::makeP256(), once, "once");
    backend = pkcs11Backend(module, {}).value();
    session = backend->open(serial).value();
  }

  Result<void> login() const { return session->login(Secret(viewOf(rightPin))); }
  Result<Bytes> sign() const { return session->sign(each, SignatureScheme::rsaSha256, digest); }
  bool signs() const {
    const auto signature = sign();
    return signature && soft::verifies(key.publicKeyInfo(), SignatureScheme::rsaSha256, digest, *signature);
  }
};

template <class Test>
void withBoth(Test test) {
  for (const auto* module : {FAKE_MODULE, ODD_MODULE}) {
    CAPTURE(module);
    test(module);
  }
}

}  // namespace

TEST_CASE("one login, then the PIN once for each signature of the key that wants it") {
  withBoth([](const char* module) {
    const Scene scene(module);
    REQUIRE(scene.login());
    for (int i = 0; i < 3; ++i) CHECK(scene.signs());
    CHECK(scene.session->sign(once, SignatureScheme::ecdsa, digest));
    CHECK(scene.store.pinsShown() == 4);
  });
}

TEST_CASE("a key that does not want it is shown no PIN") {
  withBoth([](const char* module) {
    const Scene scene(module, false);
    REQUIRE(scene.login());
    CHECK(scene.signs());
    CHECK(scene.store.pinsShown() == 1);
  });
}

TEST_CASE("a PIN that another program has changed meanwhile is refused once, and never shown again") {
  withBoth([](const char* module) {
    Scene scene(module);
    REQUIRE(scene.login());
    scene.store.setPin("654321");
    const auto refused = scene.sign();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::pin_incorrect);
    CHECK(scene.store.triesLeft() == 2);
    for (int i = 0; i < 3; ++i) CHECK_FALSE(scene.sign());
    CHECK_FALSE(scene.session->sign(once, SignatureScheme::ecdsa, digest));  // the login is over
    CHECK(scene.store.triesLeft() == 2);
    REQUIRE(scene.session->login(Secret(viewOf("654321"))));
    CHECK(scene.signs());
  });
}

TEST_CASE("the last try is not spent for the user") {
  withBoth([](const char* module) {
    Scene scene(module);
    REQUIRE(scene.login());
    scene.store.setTriesLeft(1);  // another program's wrong ones
    const auto refused = scene.sign();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::pin_incorrect);
    CHECK(refused.error().triesLeft == 1);
    CHECK(scene.store.triesLeft() == 1);
  });
}

TEST_CASE("no PIN is kept beyond the login, or over a change of it") {
  withBoth([](const char* module) {
    Scene scene(module);
    REQUIRE(scene.login());
    REQUIRE(scene.session->logout());
    CHECK_FALSE(scene.sign());
    REQUIRE(scene.login());
    REQUIRE(scene.session->changePin(Secret(viewOf(rightPin)), Secret(viewOf("654321"))));
    const auto shown = scene.store.pinsShown();
    CHECK_FALSE(scene.sign());
    CHECK(scene.store.pinsShown() == shown);
    CHECK(scene.store.triesLeft() == 3);
  });
}

TEST_CASE("a PIN typed on the reader is typed there for each signature") {
  withBoth([](const char* module) {
    Scene scene(module);
    scene.store.setPadPin(rightPin);
    REQUIRE(scene.session->login(Secret()));
    CHECK(scene.signs());
    CHECK(scene.store.pinsShown() == 2);
    scene.store.setPadPin("000000");
    const auto mistyped = scene.sign();
    REQUIRE_FALSE(mistyped);
    CHECK(mistyped.error().code == ErrorCode::pin_incorrect);
    CHECK(scene.store.triesLeft() == 2);
  });
}

TEST_CASE("pulled at any call of a signature: the key is gone, and after it is back, one login is enough") {
  Scene scene(ODD_MODULE);
  for (unsigned nth = 1;; ++nth) {
    CAPTURE(nth);
    REQUIRE(scene.login());
    scene.store.setScript("* " + std::to_string(nth) + " pull");
    const auto signature = scene.sign();
    scene.store.setScript("");
    if (signature) break;
    CHECK(signature.error().code == ErrorCode::key_removed);
    scene.store.plug();
    scene.session = scene.backend->open(serial).value();
  }
  CHECK(scene.store.triesLeft() == 3);
}
