// SPDX-License-Identifier: Apache-2.0
// Libraries that answer as the standard lets them, or does not, and have a good key all the same.
#include <doctest/doctest.h>

#include <algorithm>

#include "folder.h"
#include "skf/backend.h"
#include "soft/certificate.h"
#include "softkey/device.h"
#include "support/applicant.h"

using namespace sealferry;
using namespace sealferry::token;

namespace {

/// With a key pair, its certificate and a seal.
void prepare(const KeyFolder& folder) {
  softkey::Device device(folder.path());
  REQUIRE(device.format({.serial = "S1"}));
  REQUIRE(device.createApplication("app", {"12345678", "111111", 6, 3, 4}));
  REQUIRE(device.changePin("app", softkey::User::user, viewOf("111111"), viewOf("123456")));
  setenv("SEALFERRY_SOFTKEY", folder.path().c_str(), 1);
  setenv("SEALFERRY_ODD", "", 1);
  const auto backend = skfBackend(ODD_LIBRARY).value();
  const auto session = backend->open("S1").value();
  REQUIRE(session->login(Secret(viewOf("123456"))));
  const auto pair = session->createKeyPair({KeyAlgorithm::rsa, 2048});
  REQUIRE(pair);
  const auto certificate = soft::makeCertificate(pair->publicKeyInfo);
  REQUIRE(certificate.size() > 513);  // for "smallSizes": more than fits beside a wrong size
  REQUIRE(session->apply({.order = "1", .put = {{"seal", Bytes(5000, 7)}}, .signCertificate = certificate}, {}));
}

std::string failure() { return test::failureOf(skfBackend(ODD_LIBRARY), "S1"); }

}  // namespace

TEST_CASE("libraries with a way of their own") {
  const KeyFolder folder;
  prepare(folder);
  for (const auto* oddity : {"", "noSizes", "smallSizes", "keepsSizes", "listsWithoutEnd", "noPinInfo", "zeroPinInfo",
                             "failingPinInfo", "closedApplication", "brokenContainer", "failsForNone", "closedFile"}) {
    CAPTURE(oddity);
    setenv("SEALFERRY_ODD", oddity, 1);
    CHECK(failure() == "");
  }
}

TEST_CASE("a public key is known by what is in it, whatever the library says of its length") {
  const KeyFolder folder;
  prepare(folder);
  const auto backend = skfBackend(ODD_LIBRARY).value();
  const auto session = backend->open("S1").value();
  REQUIRE(session->login(Secret(viewOf("123456"))));
  const auto made = session->createKeyPair({KeyAlgorithm::sm2, 256});
  REQUIRE(made);
  for (const auto* oddity : {"", "noSizes", "smallSizes", "keepsSizes"}) {
    CAPTURE(oddity);
    setenv("SEALFERRY_ODD", oddity, 1);
    const auto pairs = session->keyPairs();
    REQUIRE(pairs);
    CHECK(pairs->size() == 2);
    CHECK(std::ranges::count(*pairs, made->publicKeyInfo, &KeyPair::publicKeyInfo) == 1);
  }
}

TEST_CASE("two keys that tell one serial number are both listed, and neither is taken for the other") {
  const KeyFolder folder;
  prepare(folder);
  setenv("SEALFERRY_ODD", "twins", 1);
  const auto backend = skfBackend(ODD_LIBRARY).value();
  const auto keys = backend->keys();
  REQUIRE(keys);
  CHECK(keys->size() == 2);
  const auto session = backend->open("S1");
  REQUIRE_FALSE(session);
  CHECK(session.error().code == ErrorCode::several_keys);
  CHECK(session.error().detail.at("reason") == "sameSerial");
  setenv("SEALFERRY_ODD", "", 1);  // one of them is taken out
  CHECK(backend->open("S1"));
}

TEST_CASE("a library that cannot say which keys are there is loaded all the same") {
  const KeyFolder folder;
  prepare(folder);
  setenv("SEALFERRY_ODD", "failsForNoDevice", 1);
  const auto backend = skfBackend(ODD_LIBRARY).value();
  const auto module = backend->module();
  REQUIRE(module);
  CHECK(module->slots == 0);
  CHECK_FALSE(backend->keys());  // whether there is one is not known
  setenv("SEALFERRY_ODD", "", 1);
  CHECK(backend->keys()->size() == 1);
}

TEST_CASE("no key is none, also where the library calls that an error") {
  const KeyFolder folder;
  prepare(folder);
  setenv("SEALFERRY_ODD", "noDevice", 1);
  const auto backend = skfBackend(ODD_LIBRARY).value();
  const auto keys = backend->keys();
  REQUIRE(keys);
  CHECK(keys->empty());
  CHECK(backend->module());
  CHECK(backend->open("S1").error().code == ErrorCode::no_key);
}
