// SPDX-License-Identifier: Apache-2.0
#include "softhsm.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "pkcs11/backend.h"
#include "run_program.h"
#include "runner.h"
#include "worker_setting.h"

namespace sealferry::contract {
namespace {

namespace fs = std::filesystem;

void writeFile(const fs::path& path, std::string_view text) { std::ofstream(path, std::ios::binary) << text; }

/// Writes the certificates as a CA's own tools would have: beside the key pairs, with their CKA_ID.
bool addCertificate(const fs::path& der, const std::string& id) {
  return runProgram({"pkcs11-tool", "--module", SoftHsm::module, "--login", "--pin", rightPin, "--write-object",
                     der.string(), "--type", "cert", "--id", id, "--label", "certificate " + id}) == 0;
}

}  // namespace

SoftHsm& SoftHsm::instance() {
  static SoftHsm one;
  return one;
}

SoftHsm::SoftHsm() {
  const auto configuration = folder_.path() / "softhsm2.conf";
  writeFile(configuration, "directories.tokendir=" + (folder_.path() / "tokens").string() +
                               "\nobjectstore.backend=file\nslots.removable=true\nlog.level=ERROR\n");
  setenv("SOFTHSM2_CONF", configuration.c_str(), 1);
}

bool SoftHsm::importKey(const soft::Key& key, const std::string& id, const std::string& label) {
  const auto file = folder_.path() / "key.pem";
  writeFile(file, key.toPem());
  const bool done = runProgram({"softhsm2-util", "--import", file.string(), "--token", "SEALKEY", "--pin", rightPin,
                                "--label", label, "--id", id}) == 0;
  fs::remove(file);
  return done;
}

bool SoftHsm::makeTemplate() {
  fs::create_directories(folder_.path() / "tokens");
  const auto& known = knownKeys();
  if (runProgram({"softhsm2-util", "--init-token", "--free", "--label", "SEALKEY", "--so-pin", "12345678", "--pin",
                  rightPin}) != 0 ||
      !importKey(known.rsa, "01", "sign") || !importKey(known.p256, "02", "sign EC") ||
      !importKey(known.encryption, "03", "encrypt"))
    return false;
  const auto file = folder_.path() / "certificate.der";
  for (const auto& [id, der] : {std::pair{"01", &known.rsaCertificate}, std::pair{"02", &known.p256Certificate},
                                std::pair{"03", &known.encryptionCertificate}}) {
    writeFile(file, textOf(*der));
    if (!addCertificate(file, id)) return false;
  }
  fs::copy(folder_.path() / "tokens", folder_.path() / "template", fs::copy_options::recursive);
  const auto backend = pkcs11Backend(module);
  if (!backend) return false;
  const auto keys = (*backend)->keys();
  if (!keys || keys->size() != 1) return false;
  serial_ = keys->front().serial;
  return true;
}

bool SoftHsm::reset() {
  if (!made_ && !makeTemplate()) {
    std::fprintf(stderr, "SoftHSM cannot be set up: are softhsm2 and opensc installed?\n");
    return false;
  }
  made_ = true;
  fs::remove_all(folder_.path() / "tokens");
  fs::copy(folder_.path() / "template", folder_.path() / "tokens", fs::copy_options::recursive);
  return true;
}

namespace {

class SoftHsmSubject : public Subject {
 public:
  explicit SoftHsmSubject(Way way) : way_(way) {}
  std::string name() const override { return way_ == Way::direct ? "SoftHSM" : "SoftHSM, worker"; }
  std::set<Capability> capabilities() const override {
    using enum Capability;
    return {rsa, pss, ecdsa, generate, pinChange, unblock, persistent, pinEachTime, privateOnly};
  }
  bool reset() override { return SoftHsm::instance().reset(); }
  std::string serial() const override { return SoftHsm::instance().serial(); }
  std::unique_ptr<Backend> backend() override {
    if (way_ == Way::worker) return workerBackend({"pkcs11", SoftHsm::module}, workerSetting());
    auto made = pkcs11Backend(SoftHsm::module);
    return made ? std::move(*made) : nullptr;
  }
  void addPinEachTime(KeyAlgorithm algorithm, std::uint8_t id) override {
    const auto* type = algorithm == KeyAlgorithm::rsa ? "rsa:2048" : "EC:prime256v1";
    expect(runProgram({"pkcs11-tool", "--module", SoftHsm::module, "--login", "--pin", rightPin, "--keypairgen",
                       "--key-type", type, "--id", toHex({&id, 1}), "--usage-sign", "--always-auth"}) == 0,
           "pkcs11-tool makes the pair");
  }
  void dropPublicKeys() override {
    for (const auto* id : {"01", "02", "03"})
      expect(runProgram({"pkcs11-tool", "--module", SoftHsm::module, "--login", "--pin", rightPin, "--delete-object",
                         "--type", "pubkey", "--id", id}) == 0,
             "pkcs11-tool deletes the public key");
  }

 private:
  Way way_;
};

}  // namespace

std::unique_ptr<Subject> softHsmSubject(Way way) { return std::make_unique<SoftHsmSubject>(way); }

}  // namespace sealferry::contract
