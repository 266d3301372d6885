// SPDX-License-Identifier: Apache-2.0
#include "fake_module.h"
#include "soft_skf.h"
#include "softhsm.h"
#include "sweep.h"
#include "worker_setting.h"

namespace sealferry::contract {
namespace {

class SoftHsmTarget : public KillTarget {
 public:
  std::string name() const override { return "SoftHSM"; }
  bool reset() override { return SoftHsm::instance().reset(); }
  std::string serial() const override { return SoftHsm::instance().serial(); }
  std::unique_ptr<Backend> backend(std::vector<std::string> developmentArguments) override {
    return workerBackend({"pkcs11", SoftHsm::module}, workerSetting(std::move(developmentArguments)));
  }
};

class FakeTarget : public KillTarget {
 public:
  std::string name() const override { return "fake module"; }
  bool reset() override {
    key_.reset();
    return true;
  }
  std::string serial() const override { return FakeKey::serial; }
  std::unique_ptr<Backend> backend(std::vector<std::string> developmentArguments) override {
    return workerBackend({"pkcs11", FakeKey::module}, workerSetting(std::move(developmentArguments)));
  }

 private:
  FakeKey key_;
};

class SkfTarget : public KillTarget {
 public:
  std::string name() const override { return "soft SKF"; }
  bool reset() override { return key_.reset(); }
  std::string serial() const override { return SoftSkf::serial; }
  std::unique_ptr<Backend> backend(std::vector<std::string> developmentArguments) override {
    return workerBackend({"skf", SoftSkf::library}, workerSetting(std::move(developmentArguments)));
  }

 private:
  SoftSkf key_;
};

}  // namespace

std::vector<std::unique_ptr<KillTarget>> killTargets(const std::string& only) {
  std::vector<std::unique_ptr<KillTarget>> targets;
  targets.push_back(std::make_unique<SoftHsmTarget>());
  targets.push_back(std::make_unique<FakeTarget>());
  targets.push_back(std::make_unique<SkfTarget>());
  std::erase_if(targets, [&](const auto& one) { return one->name().find(only) == std::string::npos; });
  return targets;
}

}  // namespace sealferry::contract
