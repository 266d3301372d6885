// SPDX-License-Identifier: Apache-2.0
// SM2 through PKCS#11: by each vendor's numbers, on a module that knows these numbers and no other.
#include <doctest/doctest.h>

#include "fake_key.h"
#include "pkcs11/backend.h"
#include "soft/key.h"
#include "soft/sm2.h"

using namespace sealferry;
using namespace sealferry::token;

namespace {

constexpr const char* serial = "FAKE000000000002";

struct Scene : FakeKey {
  soft::Key key = soft::Key::makeSm2();

  explicit Scene(const fake::Store::Sm2& numbers) : FakeKey(serial) {
    store.setSm2(numbers);
    store.addKeyPair(key, {4}, "SM2");
  }
};

Result<Pkcs11Setting> settingOf(const std::string& option) {
  const std::vector<std::string> options{option};
  return pkcs11Setting(options);
}

/// Signs with the pair that is there and with one made anew; both are judged by OpenSSL.
void works(const Scene& scene, const Pkcs11Setting& setting) {
  const auto backend = pkcs11Backend(FAKE_MODULE, setting).value();
  const auto session = backend->open(serial).value();
  REQUIRE(session->login(Secret(viewOf("123456"))));
  const auto signs = [&](ByteView keyId, const Bytes& publicKeyInfo) {
    const auto message = viewOf("要签的内容");
    const auto signature = session->sign(keyId, SignatureScheme::sm2Sm3, soft::sm2Digest(publicKeyInfo, message));
    REQUIRE(signature);
    CHECK(soft::sm2Verifies(publicKeyInfo, message, *signature));
  };
  signs(Bytes{4}, scene.key.publicKeyInfo());
  const auto made = session->createKeyPair({KeyAlgorithm::sm2, 256});
  REQUIRE(made);
  CHECK(made->algorithm == KeyAlgorithm::sm2);
  signs(made->keyId, made->publicKeyInfo);
}

}  // namespace

TEST_CASE("each row of the table, and numbers that policy states itself") {
  const std::pair<const char*, fake::Store::Sm2> all[] = {
      {"sm2=gm", {0x80000004, 0x80008001, 0x80008104, false}},
      {"sm2=gm-der", {0x80000004, 0x80008001, 0x80008105, true}},
      {"sm2=ibm", {0x80050002, 0x8005000A, 0x8005000B, false}},
      {"sm2=0x80000077,80000078,0x80000079,der", {0x80000077, 0x80000078, 0x80000079, true}},
  };
  for (const auto& [option, numbers] : all) {
    CAPTURE(option);
    const Scene scene(numbers);
    const auto setting = settingOf(option);
    REQUIRE(setting);
    works(scene, *setting);
  }
}

TEST_CASE("without the right numbers there is no SM2, and nothing else is tried in its place") {
  const Scene scene({0x80050002, 0x8005000A, 0x8005000B, false});
  for (const auto& setting : {Pkcs11Setting{}, settingOf("sm2=gm").value()}) {
    const auto backend = pkcs11Backend(FAKE_MODULE, setting).value();
    const auto session = backend->open(serial).value();
    REQUIRE(session->login(Secret(viewOf("123456"))));
    CHECK_FALSE(session->sign(Bytes{4}, SignatureScheme::sm2Sm3, Bytes(32, 1)));
    CHECK_FALSE(session->createKeyPair({KeyAlgorithm::sm2, 256}));
  }
}

TEST_CASE("what is no setting is refused") {
  for (const auto* option :
       {"sm2=", "sm2=unknown", "sm2=1,2,3", "sm2=1,2,3,raw,4", "sm2=1,2,x,raw", "sm2=123456789,2,3,der", "other=1"})
    CHECK(settingOf(option).error().code == ErrorCode::bad_request);
}
