// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include "memory/known_key.h"
#include "memory/memory_backend.h"
#include "subject.h"
#include "worker_setting.h"

namespace sealferry::contract {
namespace {

namespace fs = std::filesystem;

void writeFile(const fs::path& path, std::string_view text) { std::ofstream(path, std::ios::binary) << text; }

class MemorySubject : public Subject {
 public:
  explicit MemorySubject(Way way) : way_(way) {}
  std::string name() const override { return way_ == Way::direct ? "memory" : "memory, worker"; }
  std::set<Capability> capabilities() const override {
    using enum Capability;
    return {rsa, pss, ecdsa, generate, pinLimit, pinChange, unblock, pukLimit, mustChange, limit, memory, pull};
  }
  std::string serial() const override { return "MEM0000000000001"; }

  bool reset() override {
    fs::remove_all(folder_.path());
    fs::create_directories(folder_.path());
    const auto& known = knownKeys();
    add("sign", known.rsa, known.rsaCertificate);
    add("sign EC", known.p256, known.p256Certificate);
    add("encrypt", known.encryption, known.encryptionCertificate);
    key_ = memoryKeyFrom(folder_.path());
    shared_.reset();
    if (way_ == Way::worker) {
      auto setting = workerSetting();
      setting.program = SEALFERRY_MEMORY_WORKER;
      shared_ = workerBackend({"memory", folder_.path()}, setting);
    }
    return true;
  }

  std::unique_ptr<Backend> backend() override;
  void release() override { shared_.reset(); }
  void limitMemory(std::uint64_t free) override { writeFile(folder_.path() / "limit", std::to_string(free)); }
  void demandPinChange() override { writeFile(folder_.path() / "mustchange", ""); }
  void pull() override { writeFile(folder_.path() / "pulled", ""); }
  void plug() override { fs::remove(folder_.path() / "pulled"); }

 private:
  void add(const std::string& name, const soft::Key& key, const Bytes& certificate) {
    writeFile(folder_.path() / (name + ".pem"), key.toPem());
    writeFile(folder_.path() / (name + ".der"), textOf(certificate));
  }

  Way way_;
  Folder folder_;
  std::shared_ptr<MemoryKey> key_;
  std::shared_ptr<Backend> shared_;
};

/// The worker's key lives as long as the worker: every backend of a case is the same one.
class SharedBackend : public Backend {
 public:
  explicit SharedBackend(std::shared_ptr<Backend> backend) : backend_(std::move(backend)) {}
  Result<ModuleInfo> module() override { return backend_->module(); }
  Result<std::vector<KeyInfo>> keys() override { return backend_->keys(); }
  Result<std::unique_ptr<Session>> open(std::string_view serial) override { return backend_->open(serial); }

 private:
  std::shared_ptr<Backend> backend_;
};

std::unique_ptr<Backend> MemorySubject::backend() {
  if (way_ == Way::worker) return std::make_unique<SharedBackend>(shared_);
  return std::make_unique<MemoryBackend>(std::vector{key_});
}

}  // namespace

std::unique_ptr<Subject> memorySubject(Way way) { return std::make_unique<MemorySubject>(way); }

}  // namespace sealferry::contract
