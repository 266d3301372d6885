// SPDX-License-Identifier: Apache-2.0
// Before the login most keys hide their private keys. What tells of them then is a public key object, or, where tools
// left none, a certificate that is taken at its word until the login.
#include <doctest/doctest.h>

#include <algorithm>

#include "fake_key.h"
#include "pkcs11/backend.h"
#include "soft/certificate.h"
#include "soft/key.h"

using namespace sealferry;
using namespace sealferry::token;

namespace {

constexpr const char* serial = "FAKE000000000012";
const Bytes own{1}, other{7};

struct Scene : FakeKey {
  soft::Key key = soft::Key::makeRsa(), elsewhere = soft::Key::makeRsa();
  std::unique_ptr<Backend> backend;
  std::unique_ptr<Session> session;

  Scene() : FakeKey(serial) {}
  void addOwn() {
    store.addKeyPair(key, own, "sign");
    addCertificate(key, own, {.serialNumber = 1});
  }
  Bytes addCertificate(const soft::Key& of, const Bytes& id, const soft::CertificateRequest& request) {
    auto der = soft::makeCertificate(of.publicKeyInfo(), request);
    store.addCertificate(der, id, "certificate");
    return der;
  }
  void open() {
    backend = pkcs11Backend(FAKE_MODULE, {}).value();
    session = backend->open(serial).value();
  }
  void login() const { REQUIRE(session->login(Secret(viewOf("123456")))); }
  /// The ids of the certificates that are said to have their private key.
  std::vector<Bytes> withPrivateKey() const {
    std::vector<Bytes> ids;
    const auto all = session->certificates().value();
    for (const auto& one : all)
      if (one.hasPrivateKey) ids.push_back(one.keyId);
    std::ranges::sort(ids);
    return ids;
  }
};

using Ids = std::vector<Bytes>;

}  // namespace

TEST_CASE("without public key objects a certificate is taken at its word, and signs after the login") {
  Scene scene;
  scene.addOwn();
  scene.store.dropPublicKeys();
  scene.open();
  CHECK(scene.withPrivateKey() == Ids{own});
  CHECK(scene.session->keyPairs().value().empty());  // nothing that was not seen
  scene.login();
  CHECK(scene.withPrivateKey() == Ids{own});
  CHECK(scene.session->sign(own, SignatureScheme::rsaSha256, Bytes(32, 1)));
  REQUIRE(scene.session->logout());
  CHECK(scene.withPrivateKey() == Ids{own});
}

TEST_CASE("a certificate whose private key is not there: so it turns out at the login") {
  Scene scene;
  scene.addCertificate(scene.elsewhere, other, {.serialNumber = 2});
  scene.open();
  CHECK(scene.withPrivateKey() == Ids{other});
  scene.login();
  CHECK(scene.withPrivateKey().empty());
  const auto signature = scene.session->sign(other, SignatureScheme::rsaSha256, Bytes(32, 1));
  REQUIRE_FALSE(signature);
  CHECK(signature.error().code == ErrorCode::no_certificate);
}

TEST_CASE("a private key of the same id and another modulus is not the certificate's") {
  Scene scene;
  scene.addOwn();
  scene.store.dropPublicKeys();
  const auto wrong = scene.addCertificate(scene.elsewhere, own, {.serialNumber = 2});
  scene.open();
  CHECK(scene.withPrivateKey() == Ids{own, own});  // nobody could say which
  scene.login();
  const auto all = scene.session->certificates().value();
  CHECK(all.size() == 2);
  for (const auto& one : all) CHECK(one.hasPrivateKey == (one.der != wrong));
}

TEST_CASE(
    "beside a pair that shows itself nothing is presumed of its use: the others' certificates stay what they are") {
  Scene scene;
  scene.addOwn();
  scene.addCertificate(scene.elsewhere, other, {.serialNumber = 2});
  scene.open();
  CHECK(scene.withPrivateKey() == Ids{own});
  scene.addCertificate(scene.elsewhere, other, {.use = KeyUse::encryption, .serialNumber = 3});
  CHECK(scene.withPrivateKey() == Ids{own, other});
}

TEST_CASE(
    "nothing is presumed of authorities, of certificates without an id, or while a pair waits for its certificate") {
  Scene scene;
  scene.addCertificate(scene.elsewhere, other, {.serialNumber = 2, .authority = true});
  scene.addCertificate(scene.elsewhere, {}, {.serialNumber = 3});
  scene.open();
  CHECK(scene.withPrivateKey().empty());
  scene.addCertificate(scene.elsewhere, other, {.serialNumber = 4});
  CHECK(scene.withPrivateKey() == Ids{other});
  scene.store.addKeyPair(scene.key, own, "new");
  CHECK(scene.withPrivateKey().empty());
}
