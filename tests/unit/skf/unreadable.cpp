// SPDX-License-Identifier: Apache-2.0
// One item that cannot be read hides no other, and is never taken for one that is not there where something is written
// or ended.
#include <doctest/doctest.h>

#include <fstream>

#include "base/digest.h"
#include "folder.h"
#include "skf/backend.h"
#include "soft/certificate.h"
#include "softkey/device.h"

using namespace sealferry;
using namespace sealferry::token;
namespace fs = std::filesystem;

namespace {

/// A key with a signing certificate, a seal and a vendor's file; and the order that renews the first two.
class Scene {
 public:
  Scene() {
    softkey::Device device(key());
    REQUIRE(device.format({.serial = "S1"}));
    REQUIRE(device.createApplication("app", {"12345678", "111111", 6, 3, 4}));
    REQUIRE(device.changePin("app", softkey::User::user, viewOf("111111"), viewOf("123456")));
    setenv("SEALFERRY_SOFTKEY", key().c_str(), 1);
    const auto session = opened();
    const auto pair = session->createKeyPair({KeyAlgorithm::sm2, 256}).value();
    before_ = soft::makeCertificate(pair.publicKeyInfo, {.serialNumber = 1});
    after_ = soft::makeCertificate(pair.publicKeyInfo, {.serialNumber = 2});
    REQUIRE(session->apply({.order = "1", .put = {{"seal", old_}}, .signCertificate = before_}, {}));
    REQUIRE(device.createFile("app", {.name = "vendor", .size = 4}));
    fs::copy(key(), folder_.path() / "kept");
  }
  void reset() const {
    fs::remove_all(key());
    fs::copy(folder_.path() / "kept", key());
  }

  /// The wait for events would come between.
  std::unique_ptr<Session> opened() const {
    SkfSetting setting;
    setting.events = false;
    backend_ = skfBackend(SEALFERRY_SOFTKEY_LIBRARY, setting).value();
    auto session = backend_->open("S1").value();
    REQUIRE(session->login(Secret(viewOf("123456"))));
    return session;
  }
  /// The nth call of this name fails, with the key still there.
  void failAt(const std::string& call, unsigned nth) const { script(call, nth, "error"); }
  void pullAt(const std::string& call, unsigned nth) const { script(call, nth, "pull"); }
  void failNowhere() const { std::ofstream(key() / "script").flush(); }
  void plug() const { softkey::Device(key()).plug(); }

  Result<void> renew(Session& session) const {
    return session.apply({.order = "2", .put = {{"seal", new_}}, .replaces = {sha256(old_)}, .signCertificate = after_},
                         {});
  }
  /// "old" or "new" if the key shows just that set.
  std::string shown(Session& session) const {
    const auto seal = session.readBlob("seal");
    const auto certificates = session.certificates();
    if (!seal || !certificates || certificates->size() != 1) return "neither";
    if (*seal == old_ && certificates->front().der == before_) return "old";
    return *seal == new_ && certificates->front().der == after_ ? "new" : "a mixture";
  }

 private:
  fs::path key() const { return folder_.path() / "key"; }
  /// Calls are counted since the script changed, so each is another.
  void script(const std::string& call, unsigned nth, const char* action) const {
    std::ofstream(key() / "script") << call << ' ' << nth << ' ' << action << "\nscript " << ++scripts_ << " none";
  }
  mutable unsigned scripts_ = 0;
  KeyFolder folder_;
  mutable std::unique_ptr<Backend> backend_;
  Bytes before_, after_, old_ = Bytes(6000, 1), new_ = Bytes(7000, 2);
};

constexpr const char* reading[] = {"SKF_ExportCertificate", "SKF_ExportPublicKey", "SKF_GetFileInfo", "SKF_ReadFile"};

}  // namespace

TEST_CASE("a place or a foreign file that cannot be read once hides nothing else") {
  const Scene scene;
  const auto session = scene.opened();
  for (unsigned nth = 1; nth < 5; ++nth) {
    CAPTURE(nth);
    scene.failAt("SKF_ExportCertificate", nth);
    CHECK(session->certificates());
    scene.failAt("SKF_ExportPublicKey", nth);
    CHECK(session->certificates());
    CHECK(session->keyPairs());
  }
  scene.failNowhere();
  CHECK(scene.shown(*session) == "old");
}

TEST_CASE("a part of our own that cannot be read is an error, and not a seal less") {
  const Scene scene;
  const auto session = scene.opened();
  unsigned errors = 0;
  for (const auto* call : {"SKF_GetFileInfo", "SKF_ReadFile"})
    for (unsigned nth = 1; nth < 6; ++nth) {
      CAPTURE(call);
      CAPTURE(nth);
      scene.failAt(call, nth);
      const auto blobs = session->blobs();
      if (blobs) CHECK(blobs->size() == 1);
      if (!blobs) ++errors;
    }
  CHECK(errors > 0);
}

TEST_CASE("writing: whatever fails to be read once, what is shown is old or new, and the order goes through") {
  const Scene scene;
  for (const auto* call : reading)
    for (unsigned nth = 1; nth < 16; ++nth) {
      CAPTURE(call);
      CAPTURE(nth);
      scene.reset();
      const auto session = scene.opened();
      scene.failAt(call, nth);
      const auto done = scene.renew(*session);
      scene.failNowhere();
      const auto shown = scene.shown(*session);
      CHECK_MESSAGE((shown == "new" || (shown == "old" && !done)), shown);
      REQUIRE(scene.renew(*session));
      CHECK(scene.shown(*session) == "new");
      CHECK_FALSE(session->pending()->has_value());
    }
}

TEST_CASE("recovery: a journal that cannot be read is none that is not there") {
  const Scene scene;
  unsigned errors = 0;
  for (const unsigned broken : {3U, 6U})
    for (const auto* call : reading)
      for (unsigned nth = 1; nth < 8; ++nth) {
        CAPTURE(broken);
        CAPTURE(call);
        CAPTURE(nth);
        scene.reset();
        scene.pullAt("SKF_WriteFile", broken);
        CHECK_FALSE(scene.renew(*scene.opened()));
        scene.failNowhere();
        scene.plug();
        const auto session = scene.opened();
        REQUIRE(session->pending()->has_value());
        scene.failAt(call, nth);
        const auto pending = session->pending();
        if (pending) CHECK(pending->has_value());
        if (!pending) ++errors;
        scene.failAt(call, nth);
        (void)scene.renew(*session);
        scene.failNowhere();
        const auto shown = scene.shown(*session);
        CHECK_MESSAGE((shown == "old" || shown == "new"), shown);
        REQUIRE(scene.renew(*session));
        CHECK(scene.shown(*session) == "new");
      }
  CHECK(errors > 0);
}
