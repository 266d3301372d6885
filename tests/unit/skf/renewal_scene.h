// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <doctest/doctest.h>

#include <fstream>

#include "base/digest.h"
#include "folder.h"
#include "skf/backend.h"
#include "soft/certificate.h"
#include "softkey/device.h"

namespace sealferry::test {

using namespace token;
namespace fs = std::filesystem;

/// A key with a signing certificate, a seal and a vendor's file; and the order that renews the first two.
class RenewalScene {
 public:
  RenewalScene() {
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
  /// With the same PIN.
  void addApplication(const char* name) const {
    softkey::Device device(key());
    REQUIRE(device.createApplication(name, {"12345678", "111111", 6, 3, 4}));
    REQUIRE(device.changePin(name, softkey::User::user, viewOf("111111"), viewOf("123456")));
  }
  void reset() const {
    fs::remove_all(key());
    fs::copy(folder_.path() / "kept", key());
  }

  /// The wait for events would come between.
  std::unique_ptr<Session> opened(const char* library = SEALFERRY_SOFTKEY_LIBRARY) const {
    SkfSetting setting;
    setting.events = false;
    backend_ = skfBackend(library, setting).value();
    auto session = backend_->open("S1").value();
    REQUIRE(session->login(Secret(viewOf("123456"))));
    return session;
  }
  /// The nth call of this name fails, with the key still there.
  void failAt(const std::string& call, unsigned nth) const { script(call, nth, "error"); }
  void pullAt(const std::string& call, unsigned nth) const { script(call, nth, "pull"); }
  /// Each of these fails whenever it is called.
  void failAlways(const std::string& call) const {
    std::ofstream lines(key() / "script");
    for (unsigned nth = 1; nth < 100; ++nth) lines << call << ' ' << nth << " error\n";
    lines << "script " << ++scripts_ << " none";
  }
  void failNowhere() const { std::ofstream(key() / "script").flush(); }
  /// The calls from now on.
  void listen() const { std::ofstream(key() / "calls").flush(); }
  std::vector<std::string> calls() const {
    std::vector<std::string> names;
    std::ifstream lines(key() / "calls");
    for (std::string line; std::getline(lines, line);) names.push_back(line);
    return names;
  }
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

}  // namespace sealferry::test
