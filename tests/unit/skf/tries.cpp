// SPDX-License-Identifier: Apache-2.0
// How many tries of a PIN are left, where SKF_GetPINInfo does not tell: what a wrong PIN's own answer says of it.
// Nothing is made up, and nothing but what was typed is tried.
#include <doctest/doctest.h>

#include "folder.h"
#include "skf/backend.h"
#include "softkey/device.h"

using namespace sealferry;
using namespace sealferry::token;

namespace {

class Scene {
 public:
  explicit Scene(const char* oddity) : device_(folder_.path()) {
    REQUIRE(device_.format({.serial = "S1"}));
    REQUIRE(device_.createApplication("app", {"12345678", "111111", 4, 3, 4}));
    REQUIRE(device_.changePin("app", softkey::User::user, viewOf("111111"), viewOf("123456")));
    setenv("SEALFERRY_SOFTKEY", folder_.path().c_str(), 1);
    setenv("SEALFERRY_ODD", oddity, 1);
    backend_ = skfBackend(ODD_LIBRARY).value();
    session = backend_->open("S1").value();
  }
  unsigned left() const { return device_.pinFacts("app", softkey::User::user)->triesLeft; }
  PinState pin() const { return session->info()->pin; }

 private:
  KeyFolder folder_;
  softkey::Device device_;
  std::unique_ptr<Backend> backend_;

 public:
  std::unique_ptr<Session> session;
};

Secret pinOf(std::string_view text) { return Secret(viewOf(text)); }
Error wrong(Session& session) { return session.login(pinOf("000000")).error(); }

}  // namespace

TEST_CASE("a wrong PIN's own answer tells the tries where SKF_GetPINInfo does not") {
  for (const auto* oddity : {"", "noPinInfo", "zeroPinInfo", "failingPinInfo"}) {
    CAPTURE(oddity);
    const Scene scene(oddity);
    CHECK_FALSE(scene.pin().locked);
    CHECK(wrong(*scene.session).triesLeft == 2);
    CHECK(scene.pin().triesLeft == 2);
    CHECK_FALSE(scene.pin().lastTry);
    const auto second = wrong(*scene.session);
    CHECK(second.triesLeft == 1);
    CHECK(second.detail.contains("last"));
    CHECK(scene.pin().lastTry);
    CHECK(scene.left() == 1);
    REQUIRE(scene.session->login(pinOf("123456")));
    CHECK_FALSE(scene.pin().lastTry);  // what was told of the wrong ones counts no more
    CHECK(wrong(*scene.session).triesLeft == 2);
    CHECK(scene.session->changePin(pinOf("000000"), pinOf("654321")).error().triesLeft == 1);
    const auto last = wrong(*scene.session);
    CHECK(last.code == ErrorCode::pin_locked);
    CHECK(last.triesLeft == 0);
    CHECK(scene.pin().locked);
    CHECK(scene.left() == 0);
    CHECK(scene.session->login(pinOf("123456")).error().code == ErrorCode::pin_locked);
  }
}

TEST_CASE("the same of the administrator's PIN, and what it unblocked is not locked any more") {
  for (const auto* oddity : {"", "noPinInfo", "zeroPinInfo", "failingPinInfo"}) {
    CAPTURE(oddity);
    const Scene scene(oddity);
    for (int i = 0; i < 3; ++i) (void)wrong(*scene.session);
    const auto puk = scene.session->unblockPin(pinOf("99999999"), pinOf("654321")).error();
    CHECK(puk.code == ErrorCode::puk_incorrect);
    CHECK(puk.triesLeft == 3);
    CHECK(scene.session->unblocking()->value().triesLeft == 3);
    REQUIRE(scene.session->unblockPin(pinOf("12345678"), pinOf("654321")));
    CHECK_FALSE(scene.pin().locked);
    CHECK(scene.session->login(pinOf("654321")));
  }
}

TEST_CASE("a count that is not told, or is zero whatever happens, is no count") {
  for (const auto* oddity : {"silentTries", "zeroTries"}) {
    CAPTURE(oddity);
    const Scene scene(oddity);
    for (int i = 0; i < 2; ++i) {
      const auto error = wrong(*scene.session);
      CHECK(error.code == ErrorCode::pin_incorrect);
      CHECK_FALSE(error.triesLeft);
      CHECK_FALSE(scene.pin().triesLeft);
      CHECK_FALSE(scene.pin().locked);
    }
    CHECK(scene.session->login(pinOf("123456")));
    CHECK(scene.left() == 3);
  }
}
