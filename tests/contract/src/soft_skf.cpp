// SPDX-License-Identifier: Apache-2.0
#include "soft_skf.h"

#include <openssl/x509.h>

#include <cstdlib>
#include <fstream>

#include "skf/backend.h"
#include "worker_setting.h"

namespace sealferry::contract {
namespace {

namespace fs = std::filesystem;
using softkey::Use;

Bytes pkcs8(const soft::Key& key) {
  PKCS8_PRIV_KEY_INFO* info = EVP_PKEY2PKCS8(key.handle());
  unsigned char* der = nullptr;
  const int size = i2d_PKCS8_PRIV_KEY_INFO(info, &der);
  Bytes bytes(der, der + size);
  OPENSSL_free(der);
  PKCS8_PRIV_KEY_INFO_free(info);
  return bytes;
}

/// The known key pairs. GM/T 0016 has no P-256: its certificate lies there without a key, as those of other CAs do.
bool fill(const softkey::Device& device) {
  const auto* application = SoftSkf::application;
  const auto secrets = device.verifyPin(application, softkey::User::user, viewOf(rightPin));
  if (!secrets) return false;
  const auto& known = knownKeys();
  bool good = true;
  const auto add = [&](const char* container, const soft::Key* key, const Bytes* certificate, Use use) {
    good = good && device.createContainer(application, container);
    if (key != nullptr) good = good && device.putKeyPair(application, container, use, pkcs8(*key), *secrets);
    if (certificate != nullptr) good = good && device.setCertificate(application, container, use, *certificate);
  };
  add("sign", &known.rsa, &known.rsaCertificate, Use::signing);
  add("sign EC", nullptr, &known.p256Certificate, Use::signing);
  add("加密", &known.encryption, &known.encryptionCertificate, Use::encryption);
  add("SM2", &known.sm2, nullptr, Use::signing);
  return good;
}

/// Put in its place as a whole, and what was there goes as a whole: a worker that is just ending may still look, takes
/// an empty folder for a new key, and may write.
void copyFolder(const fs::path& from, const fs::path& to) {
  static unsigned copies = 0;
  const fs::path fresh = to.string() + ".new", old = to.string() + ".old" + std::to_string(++copies);
  fs::copy(from, fresh, fs::copy_options::recursive);
  std::error_code ignored;
  fs::rename(to, old, ignored);
  fs::rename(fresh, to);
  fs::remove_all(old, ignored);
}

}  // namespace

bool SoftSkf::makeTemplates() {
  const softkey::Device device(folder_.path() / "template");
  if (!device.format({.serial = serial, .label = "软件锁", .totalBytes = 2U << 20})) return false;
  if (!device.createApplication(application, {"12345678", rightPin, 3, 3, 4}) || !fill(device)) return false;
  copyFolder(folder_.path() / "template", folder_.path() / "factory");
  return device.changePin(application, softkey::User::user, viewOf(rightPin), viewOf("another")) &&
         device.changePin(application, softkey::User::user, viewOf("another"), viewOf(rightPin));
}

bool SoftSkf::reset() {
  setenv("SEALFERRY_SOFTKEY", keyFolder().c_str(), 1);
  if (!made_ && !makeTemplates()) return false;
  made_ = true;
  copyFolder(folder_.path() / "template", keyFolder());
  std::ofstream(keyFolder() / "calls").flush();
  return true;
}

void SoftSkf::demandPinChange() { copyFolder(folder_.path() / "factory", keyFolder()); }

void SoftSkf::misbehave(const std::string& script) { std::ofstream(keyFolder() / "script") << script; }

unsigned SoftSkf::triesLeft() const {
  const auto facts = device().pinFacts(application, softkey::User::user);
  return facts ? facts->triesLeft : 99;
}

std::vector<std::string> SoftSkf::calls() const {
  std::vector<std::string> names;
  std::ifstream lines(keyFolder() / "calls");
  for (std::string line; std::getline(lines, line);) names.push_back(line);
  return names;
}

namespace {

/// The faults of the cases are named by PKCS#11's calls: these do the same work here.
std::string callLike(const std::string& call) {
  static const std::map<std::string, std::string> table{
      {"C_GetTokenInfo", "SKF_GetDevInfo"},   {"C_FindObjectsInit", "SKF_EnumContainer"},
      {"C_FindObjects", "SKF_OpenContainer"}, {"C_GetAttributeValue", "SKF_ExportCertificate"},
      {"C_GetSlotList", "SKF_EnumDev"},       {"C_Sign", "SKF_RSASignData"},
      {"C_CreateObject", "SKF_WriteFile"},    {"C_DestroyObject", "SKF_DeleteFile"},
      {"C_Logout", "SKF_ClearSecureState"},   {"C_CloseSession", "SKF_CloseApplication"},
      {"C_Finalize", "SKF_DisConnectDev"}};
  const auto found = table.find(call);
  return found == table.end() ? call : found->second;
}

class SoftSkfSubject : public Subject {
 public:
  SoftSkfSubject(Way way, bool wide) : way_(way), wide_(wide) {}
  std::string name() const override {
    return std::string(wide_ ? "wide SKF" : "soft SKF") + (way_ == Way::direct ? "" : ", worker");
  }
  std::set<Capability> capabilities() const override {
    using enum Capability;
    if (wide_)
      return {rsa,     sm2,      envelope,   generate, pinLimit, pinChange,
              unblock, pukLimit, mustChange, limit,    memory,   persistent};
    std::set all{limit,    rsa,        sm2,    envelope, generate,   pinLimit,     pinChange, unblock,
                 pukLimit, mustChange, memory, pull,     pullAtCall, pullAnywhere, persistent};
    if (way_ == Way::worker) all.insert(faults);
    return all;
  }
  bool reset() override { return key_.reset(); }
  std::string serial() const override { return SoftSkf::serial; }
  std::unique_ptr<Backend> backend() override {
    const auto* path = wide_ ? SoftSkf::wideLibrary : SoftSkf::library;
    const std::vector<std::string> options =
        wide_ ? std::vector<std::string>{"ulong=64", "packing=natural"} : std::vector<std::string>{};
    if (way_ == Way::worker) return workerBackend({"skf", path, options}, workerSetting());
    auto made = skfBackend(path, *skfSetting(options));
    return made ? std::move(*made) : nullptr;
  }

  void limitMemory(std::uint64_t free) override {
    const auto device = key_.device();
    const auto facts = device.facts();
    if (facts) (void)device.setTotalBytes(facts->totalBytes - device.freeBytes() + free);
  }
  void demandPinChange() override { key_.demandPinChange(); }
  void pull() override { key_.device().pull(); }
  void plug() override { key_.device().plug(); }
  void misbehave(const std::string& how, const std::string& call, unsigned nth) override {
    key_.misbehave(call.empty() ? "" : callLike(call) + " " + std::to_string(nth) + " " + how);
  }

 private:
  Way way_;
  bool wide_;
  SoftSkf key_;
};

}  // namespace

std::unique_ptr<Subject> softSkfSubject(Way way) { return std::make_unique<SoftSkfSubject>(way, false); }
std::unique_ptr<Subject> wideSkfSubject(Way way) { return std::make_unique<SoftSkfSubject>(way, true); }

}  // namespace sealferry::contract
