// SPDX-License-Identifier: Apache-2.0
#include "opensc.h"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "pkcs11/backend.h"
#include "run_program.h"
#include "runner.h"
#include "worker_setting.h"

namespace sealferry::contract {
namespace {

namespace fs = std::filesystem;

std::vector<desk::Holding> knownHoldings() {
  const auto& known = knownKeys();
  return {{"01", "sign", "sign", known.rsa.toPem(), known.rsaCertificate},
          {"02", "signEC", "sign", known.p256.toPem(), known.p256Certificate},
          {"03", "encrypt", "sign,decrypt", known.encryption.toPem(), known.encryptionCertificate}};
}

}  // namespace

OpenSc& OpenSc::instance() {
  static OpenSc one;
  return one;
}

bool OpenSc::makeTemplate() {
  if (!desk_->plug(reader, stateFile()) || !desk::initialise(*desk_, reader, "SEALKEY", knownHoldings())) return false;
  fs::copy_file(stateFile(), folder_.path() / "template.state");
  const auto backend = pkcs11Backend(module);
  if (!backend) return false;
  const auto keys = (*backend)->keys();
  if (!keys || keys->size() != 1) return false;
  serial_ = keys->front().serial;
  return true;
}

bool OpenSc::begin() {
  const auto place = folder_.path() / "desk";
  fs::create_directories(place);
  desk_ = desk::Desk::start(place);
  if (!desk_) return false;
  desk_->enter();
  if (makeTemplate()) return true;
  std::ifstream told(place / "pkcs15-init.log");  // gone with the folder
  const std::string words{std::istreambuf_iterator<char>(told), {}};
  std::fprintf(stderr, "OpenSC's key cannot be set up; pkcs15-init says:\n%s\n", words.c_str());
  return false;
}

bool OpenSc::reset() {
  if (serial_.empty() && (broken_ || !begin())) {
    broken_ = true;
    return false;
  }
  desk_->control(reader, "");
  become(folder_.path() / "template.state");
  return desk_->isPlugged(reader) || desk_->plug(reader, stateFile());
}

void OpenSc::become(const fs::path& state) {
  auto fresh = stateFile();
  fresh += ".put";
  fs::copy_file(state, fresh, fs::copy_options::overwrite_existing);
  fs::rename(fresh, stateFile());
}

card::State OpenSc::state() const {
  auto state = card::loadState(stateFile());
  require(state.has_value(), "the key's memory");
  return std::move(*state);
}

std::uint64_t OpenSc::presentedWhenFresh() const {
  const auto fresh = card::loadState(folder_.path() / "template.state");
  return fresh ? fresh->pin.presented : 0;
}

void OpenSc::pull() { require(desk_->pull(reader), "pulled"); }
void OpenSc::plug() { require(desk_->plug(reader, stateFile()), "plugged in"); }

void OpenSc::limitMemory(std::uint64_t free) {
  desk_->control(reader, "limit " + std::to_string(state().bytesInFiles() + free));
}

namespace {

class OpenScSubject : public Subject {
 public:
  explicit OpenScSubject(Way way) : way_(way) {}
  std::string name() const override { return way_ == Way::direct ? "OpenSC" : "OpenSC, worker"; }
  std::set<Capability> capabilities() const override {
    using enum Capability;
    return {rsa, generate, pinLimit, pinChange, unblock, pukLimit, limit, pull, persistent, pinEachTime, privateOnly};
  }
  bool reset() override { return key().reset(); }
  std::string serial() const override { return key().serial(); }
  std::string puk() const override { return desk::pukOfKeys; }
  std::unique_ptr<Backend> backend() override {
    if (way_ == Way::worker) return workerBackend({"pkcs11", OpenSc::module}, workerSetting());
    auto made = pkcs11Backend(OpenSc::module);
    return made ? std::move(*made) : nullptr;
  }
  void limitMemory(std::uint64_t free) override { key().limitMemory(free); }
  void addPinEachTime(KeyAlgorithm, std::uint8_t id) override {
    expect(runProgram({"pkcs15-init", "--generate-key", "rsa/2048", "--id", toHex({&id, 1}), "--auth-id", "FF",
                       "--label", "each", "--key-usage", "sign", "--user-consent", "1", "--pin", rightPin}) == 0,
           "pkcs15-init makes the pair");
  }
  void dropPublicKeys() override {
    for (const auto* id : {"01", "02", "03"})
      expect(runProgram(
                 {"pkcs15-init", "--delete-objects", "pubkey", "--id", id, "--auth-id", "FF", "--pin", rightPin}) == 0,
             "pkcs15-init deletes the public key");
  }
  void pull() override { key().pull(); }
  void plug() override { key().plug(); }

 private:
  static OpenSc& key() { return OpenSc::instance(); }
  Way way_;
};

}  // namespace

std::unique_ptr<Subject> openScSubject(Way way) { return std::make_unique<OpenScSubject>(way); }

}  // namespace sealferry::contract
