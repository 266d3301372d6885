// SPDX-License-Identifier: Apache-2.0
// Reading takes no lock: what was listed may have been destroyed by another program before it is read.
#include <doctest/doctest.h>

#include "fake_key.h"
#include "pkcs11/backend.h"
#include "soft/certificate.h"
#include "soft/key.h"

using namespace sealferry;
using namespace sealferry::token;

namespace {

constexpr const char* serial = "FAKE000000000013";
const Bytes seal(5000, 7);

struct Scene : FakeKey {
  std::unique_ptr<Backend> backend;
  std::unique_ptr<Session> session;

  Scene() : FakeKey(serial) {
    const auto key = soft::Key::makeRsa();
    store.addKeyPair(key, {1}, "sign");
    store.addCertificate(soft::makeCertificate(key.publicKeyInfo()), {1}, "sign");
    backend = pkcs11Backend(FAKE_MODULE, {}).value();
    session = backend->open(serial).value();
    REQUIRE(session->login(Secret(viewOf("123456"))));
    REQUIRE(session->apply({.order = "1", .put = {{"seal", seal}}}, {}));
  }
  /// At the nth call the object is no longer there; at all of them, if that is 0.
  void destroyAt(unsigned nth) {
    std::string script;
    for (unsigned i = nth == 0 ? 1 : nth; i <= (nth == 0 ? 1000 : nth); ++i)
      script += "C_GetAttributeValue " + std::to_string(i) + " stale\n";
    store.setScript(script);
  }
};

}  // namespace

TEST_CASE("an object that goes while the key is being read: the key is read once more") {
  Scene scene;
  for (unsigned nth = 1; nth < 20; ++nth) {
    CAPTURE(nth);
    scene.destroyAt(nth);
    CHECK(scene.session->certificates().value().front().hasPrivateKey);
    scene.store.setScript("");
    scene.destroyAt(nth);
    CHECK(scene.session->blobs().value().size() == 1);
    scene.store.setScript("");
    scene.destroyAt(nth);
    CHECK(scene.session->readBlob("seal").value() == seal);
    scene.store.setScript("");
    scene.destroyAt(nth);
    CHECK(scene.session->keyPairs().value().size() == 1);
    scene.store.setScript("");
    scene.destroyAt(nth);
    CHECK(scene.session->pending());
    scene.store.setScript("");
  }
}

TEST_CASE("a key of which every object goes is not read for ever") {
  Scene scene;
  scene.destroyAt(0);
  const auto certificates = scene.session->certificates();
  REQUIRE_FALSE(certificates);
  CHECK(certificates.error().code == ErrorCode::internal);
  scene.store.setScript("");
  CHECK(scene.session->certificates());
}
