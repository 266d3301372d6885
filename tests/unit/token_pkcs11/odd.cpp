// SPDX-License-Identifier: Apache-2.0
// Modules that answer as the standard lets them, or does not, and have a good key all the same.
#include <doctest/doctest.h>
#include <p11-kit/pkcs11.h>
#include <stdlib.h>

#include "fake_key.h"
#include "pkcs11/backend.h"
#include "soft/certificate.h"
#include "soft/key.h"
#include "support/applicant.h"

using namespace sealferry;
using namespace sealferry::token;

namespace {

constexpr const char* serial = "FAKE000000000009";

struct Scene : FakeKey {
  soft::Key key = soft::Key::makeRsa();
  Bytes certificate = soft::makeCertificate(key.publicKeyInfo(), {.commonName = "测试单位", .serialNumber = 1});

  explicit Scene(const char* oddity = "") : FakeKey(serial) {
    setenv("SEALFERRY_ODD", oddity, 1);
    store.addKeyPair(key, {1}, "sign");
  }
};

std::string failure() { return test::failureOf(pkcs11Backend(ODD_MODULE, {}), serial); }

}  // namespace

TEST_CASE("modules with a way of their own") {
  for (const auto* oddity : {"", "noLocking", "initializedOnce", "manySlots", "silentPrivateKeys", "noSessionInfo",
                             "leftOut", "interfaceOnly", "twoPins"}) {
    CAPTURE(oddity);
    Scene scene(oddity);
    scene.store.addCertificate(scene.certificate, {1}, "sign");
    CHECK(failure() == "");
  }
}

TEST_CASE("two keys that tell one serial number are both listed, and neither is taken for the other") {
  const Scene scene("twins");
  const auto backend = pkcs11Backend(ODD_MODULE, {}).value();
  const auto keys = backend->keys();
  REQUIRE(keys);
  CHECK(keys->size() == 2);
  const auto session = backend->open(serial);
  REQUIRE_FALSE(session);
  CHECK(session.error().code == ErrorCode::several_keys);
  CHECK(session.error().detail.at("reason") == "sameSerial");
  setenv("SEALFERRY_ODD", "", 1);  // one of them is taken out
  CHECK(pkcs11Backend(ODD_MODULE, {}).value()->open(serial));
}

TEST_CASE("a certificate belongs to the pair whose public key it has, whatever its id") {
  for (const auto& id : {Bytes{}, Bytes{9, 9}, Bytes(3000, 6)}) {
    Scene scene;
    scene.store.addCertificate(scene.certificate, id, "sign");
    CHECK(failure() == "");
  }
}

TEST_CASE("what is none of ours, and larger than anything we would take, hides nothing") {
  Scene scene;
  scene.store.addCertificate(scene.certificate, {1}, "sign");
  scene.store.addCertificate(Bytes(100'000, 1), {5}, "a whole chain");
  const std::string endless(3000, 'x');
  auto data = fake::certificateAttributes(Bytes{1}, {}, endless);
  data.erase(CKA_CERTIFICATE_TYPE);
  data.erase(CKA_ID);
  data[CKA_CLASS] = Bytes(sizeof(CK_OBJECT_CLASS), 0);
  for (const auto& program : {Bytes{}, Bytes(3000, 'y')}) {
    data[CKA_APPLICATION] = program;
    scene.store.add(data);
  }
  data[CKA_LABEL] = copyOf(viewOf("logo"));
  data[CKA_VALUE] = Bytes(100'000, 9);
  scene.store.add(data);
  CHECK(failure() == "");
}
