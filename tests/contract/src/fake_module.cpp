// SPDX-License-Identifier: Apache-2.0
#include "fake_module.h"

#include <cstdlib>

#include "pkcs11/backend.h"
#include "worker_setting.h"

namespace sealferry::contract {

FakeKey::FakeKey() : store_(folder_.path() / "key") {}

void FakeKey::reset() {
  setenv("SEALFERRY_FAKE_KEY", (folder_.path() / "key").c_str(), 1);
  store_.create(serial, rightPin);
  const auto& known = knownKeys();
  const auto add = [&](const soft::Key& key, const Bytes& certificate, std::uint8_t id, const std::string& label) {
    store_.addKeyPair(key, {id}, label);
    store_.addCertificate(certificate, {id}, label);
  };
  add(known.rsa, known.rsaCertificate, 1, "sign");
  add(known.p256, known.p256Certificate, 2, "sign EC");
  add(known.encryption, known.encryptionCertificate, 3, "encrypt");
  store_.addKeyPair(known.sm2, {4}, "SM2");
}

namespace {

class FakeModuleSubject : public Subject {
 public:
  explicit FakeModuleSubject(Way way) : way_(way) {}
  std::string name() const override { return way_ == Way::direct ? "fake module" : "fake module, worker"; }
  std::set<Capability> capabilities() const override {
    using enum Capability;
    std::set all{sm2,        rsa,   pss,    ecdsa, generate,   pinLimit,   pinChange,   unblock,    pukLimit,
                 mustChange, limit, memory, pull,  pullAtCall, persistent, pinEachTime, privateOnly};
    if (way_ == Way::worker) all.insert({faults, pullAnywhere});
    return all;
  }
  bool reset() override {
    key_.reset();
    return true;
  }
  std::string serial() const override { return FakeKey::serial; }
  std::string puk() const override { return "87654321"; }
  std::size_t keyPairs() const override { return 4; }
  std::unique_ptr<Backend> backend() override {
    if (way_ == Way::worker) return workerBackend({"pkcs11", FakeKey::module, {"sm2=gm"}}, workerSetting());
    const std::vector<std::string> options{"sm2=gm"};
    auto made = pkcs11Backend(FakeKey::module, *pkcs11Setting(options));
    return made ? std::move(*made) : nullptr;
  }

  void limitMemory(std::uint64_t free) override { store().setMemoryLimit(store().usedMemory() + free); }
  void demandPinChange() override { store().setMustChangePin(true); }
  void addPinEachTime(KeyAlgorithm algorithm, std::uint8_t id) override {
    store().addKeyPair(algorithm == KeyAlgorithm::rsa ? soft::Key::makeRsa() : soft::Key::makeP256(), {id}, "each",
                       true);
  }
  void dropPublicKeys() override { store().dropPublicKeys(); }
  void pull() override { store().pull(); }
  void plug() override { store().plug(); }
  void misbehave(const std::string& how, const std::string& call, unsigned nth) override {
    store().setScript(call.empty() ? "" : call + " " + std::to_string(nth) + " " + how);
  }

 private:
  fake::Store& store() { return key_.store(); }
  Way way_;
  FakeKey key_;
};

}  // namespace

std::unique_ptr<Subject> fakeModuleSubject(Way way) { return std::make_unique<FakeModuleSubject>(way); }

}  // namespace sealferry::contract
