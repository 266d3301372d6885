// SPDX-License-Identifier: Apache-2.0
// Some libraries answer SAR_FAIL for an encryption key that is not there. One that is there is never taken for none.
#include <doctest/doctest.h>

#include <algorithm>

#include "renewal_scene.h"
#include "soft/sm2.h"

using namespace sealferry;
using namespace sealferry::token;
using Scene = test::RenewalScene;

namespace {

/// An order that brings an enveloped encryption key and its certificate.
struct Delivery {
  Delivery(Session& session, const std::string& order, long serialNumber) {
    certificate = soft::makeCertificate(key.publicKeyInfo(), {.use = KeyUse::encryption, .serialNumber = serialNumber});
    const auto pairs = session.keyPairs().value();
    const auto signing = std::ranges::find(pairs, KeyUse::signing, &KeyPair::use);
    REQUIRE(signing != pairs.end());
    change = {.order = order,
              .encryptionCertificate = certificate,
              .encryptionKey = soft::envelope(key, signing->publicKeyInfo)};
  }
  /// Whether the key has just this encryption key and certificate.
  bool isThere(Session& session) const {
    const auto certificates = session.certificates().value();
    const auto pairs = session.keyPairs().value();
    return certificates.size() == 2 && pairs.size() == 2 &&
           std::ranges::count(certificates, certificate, &CertificateObject::der) == 1 &&
           std::ranges::count(pairs, key.publicKeyInfo(), &KeyPair::publicKeyInfo) == 1;
  }
  soft::Key key = soft::Key::makeSm2();
  Bytes certificate;
  Change change;
};

}  // namespace

TEST_CASE("a library with SAR_FAIL for what is not there takes the first encryption key, and the next") {
  const Scene scene;
  setenv("SEALFERRY_ODD", "failsForNone", 1);
  const auto session = scene.opened(ODD_LIBRARY);
  const Delivery first(*session, "10", 5), next(*session, "11", 6);
  REQUIRE(session->apply(first.change, {}));
  CHECK(first.isThere(*session));
  REQUIRE(session->apply(next.change, {}));
  CHECK(next.isThere(*session));
  CHECK_FALSE(session->pending()->has_value());
  setenv("SEALFERRY_ODD", "", 1);
}

TEST_CASE("with such a library too, whatever fails once, the order goes through in the end") {
  const Scene scene;
  setenv("SEALFERRY_ODD", "failsForNone", 1);
  for (const auto* call : {"SKF_ExportPublicKey", "SKF_ExportCertificate", "SKF_ImportECCKeyPair", "SKF_DeleteFile"})
    for (unsigned nth = 1; nth < 14; ++nth) {
      CAPTURE(call);
      CAPTURE(nth);
      scene.reset();
      const auto session = scene.opened(ODD_LIBRARY);
      const Delivery first(*session, "10", 5);
      scene.failAt(call, nth);
      (void)session->apply(first.change, {});
      scene.failNowhere();
      REQUIRE(session->apply(first.change, {}));
      CHECK(first.isThere(*session));
      CHECK_FALSE(session->pending()->has_value());
    }
  setenv("SEALFERRY_ODD", "", 1);
}

TEST_CASE("an encryption key that cannot be read for once is not taken for none") {
  const Scene scene;
  const auto session = scene.opened();
  const Delivery first(*session, "10", 5), next(*session, "11", 6);
  REQUIRE(session->apply(first.change, {}));
  scene.failAlways("SKF_ExportPublicKey");
  scene.listen();
  CHECK_FALSE(session->apply(next.change, {}));
  const auto calls = scene.calls();
  CHECK(std::ranges::find(calls, "SKF_ImportECCKeyPair") == calls.end());
  scene.failNowhere();
  CHECK(first.isThere(*session));
  for (unsigned nth = 1; nth < 20; ++nth) {
    CAPTURE(nth);
    const Delivery other(*session, "2" + std::to_string(nth), 100 + static_cast<long>(nth));
    scene.failAt("SKF_ExportPublicKey", nth);
    const auto done = session->apply(other.change, {});
    scene.failNowhere();
    if (done) CHECK(other.isThere(*session));
    REQUIRE(session->apply(other.change, {}));
    CHECK(other.isThere(*session));
  }
}
