// SPDX-License-Identifier: Apache-2.0
#include "vendor.h"

#include <fstream>
#include <iterator>

#include "fake_module.h"
#include "pkcs11/backend.h"
#include "policy/policy.h"
#include "profiles.h"
#include "run_program.h"
#include "skf/backend.h"
#include "soft_skf.h"
#include "softhsm.h"
#include "worker_setting.h"

namespace sealferry::contract {
namespace {

namespace fs = std::filesystem;
using softkey::rightAnyone;

Bytes contentOf(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::unique_ptr<Backend> backendFor(Way way, const char* kind, const char* path) {
  if (way == Way::worker) return workerBackend({kind, path}, workerSetting());
  auto made = std::string_view(kind) == "skf" ? skfBackend(path) : pkcs11Backend(path);
  return made ? std::move(*made) : nullptr;
}

class SoftSkfVendor : public VendorKey {
 public:
  explicit SoftSkfVendor(Way way) : way_(way) {}
  std::string name() const override { return "soft SKF"; }
  bool reset() override { return key_.reset(); }
  std::string serial() const override { return SoftSkf::serial; }
  std::unique_ptr<Backend> backend() override { return backendFor(way_, "skf", SoftSkf::library); }
  std::optional<Bytes> look(const std::string& place) override {
    const auto secrets = key_.device().verifyPin(SoftSkf::application, softkey::User::user, viewOf(rightPin));
    if (!secrets) return std::nullopt;
    const auto content = key_.device().readFile(SoftSkf::application, place, &*secrets);
    return content ? std::optional(*content) : std::nullopt;
  }
  bool put(const std::string& place, const Bytes& content) override {
    const auto device = key_.device();
    (void)device.deleteFile(SoftSkf::application, place);
    return device.createFile(SoftSkf::application, {place, rightAnyone, rightAnyone, content.size()}) &&
           device.writeFile(SoftSkf::application, place, 0, content, nullptr);
  }
  std::size_t objects() override { return key_.device().files(SoftSkf::application)->size(); }

 private:
  Way way_;
  SoftSkf key_;
};

constexpr unsigned long objectClass = 0x00, onToken = 0x01, isPrivate = 0x02, labelled = 0x03, application = 0x10,
                        value = 0x11;

class FakeModuleVendor : public VendorKey {
 public:
  explicit FakeModuleVendor(Way way) : way_(way) {}
  std::string name() const override { return "fake module"; }
  bool reset() override {
    key_.reset();
    return true;
  }
  std::string serial() const override { return FakeKey::serial; }
  std::unique_ptr<Backend> backend() override { return backendFor(way_, "pkcs11", FakeKey::module); }
  std::optional<Bytes> look(const std::string& place) override {
    for (const auto& [number, object] : key_.store().objects())
      if (isAt(object, place)) return object.at(value);
    return std::nullopt;
  }
  bool put(const std::string& place, const Bytes& content) override {
    for (const auto& [number, object] : key_.store().objects())
      if (isAt(object, place)) key_.store().remove(number);
    key_.store().add({{objectClass, Bytes(sizeof(unsigned long), 0)},
                      {onToken, {1}},
                      {isPrivate, {0}},
                      {application, {}},
                      {labelled, copyOf(viewOf(place))},
                      {value, content}});
    return true;
  }
  std::size_t objects() override { return key_.store().objects().size(); }

 private:
  static bool isAt(const fake::AttributeMap& object, const std::string& place) {
    const auto label = object.find(labelled);
    return label != object.end() && textOf(label->second) == place && object.contains(value) &&
           object.at(objectClass) == Bytes(sizeof(unsigned long), 0);
  }
  Way way_;
  FakeKey key_;
};

/// Through OpenSC's tool, which knows nothing of us.
class SoftHsmVendor : public VendorKey {
 public:
  explicit SoftHsmVendor(Way way) : way_(way) {}
  std::string name() const override { return "SoftHSM"; }
  bool reset() override { return SoftHsm::instance().reset(); }
  std::string serial() const override { return SoftHsm::instance().serial(); }
  std::unique_ptr<Backend> backend() override { return backendFor(way_, "pkcs11", SoftHsm::module); }
  std::optional<Bytes> look(const std::string& place) override {
    const auto file = folder_.path() / "read";
    fs::remove(file);
    const auto status =
        runProgram({"pkcs11-tool", "--module", SoftHsm::module, "--login", "--pin", rightPin, "--read-object", "--type",
                    "data", "--label", place, "--output-file", file.string()});
    return status == 0 ? std::optional(contentOf(file)) : std::nullopt;
  }
  bool put(const std::string& place, const Bytes& content) override {
    const auto file = folder_.path() / "write";
    std::ofstream(file, std::ios::binary) << textOf(content);
    const auto tool = [&](const std::vector<std::string>& more) {
      std::vector<std::string> all{"pkcs11-tool", "--module", SoftHsm::module, "--login", "--pin",
                                   rightPin,      "--type",   "data",          "--label", place};
      all.insert(all.end(), more.begin(), more.end());
      return runProgram(all) == 0;
    };
    (void)tool({"--delete-object"});
    return tool({"--write-object", file.string()});
  }
  std::size_t objects() override { return 0; }

 private:
  Way way_;
  Folder folder_;
};

}  // namespace

std::unique_ptr<VendorKey> softSkfVendor(Way way) { return std::make_unique<SoftSkfVendor>(way); }
std::unique_ptr<VendorKey> fakeModuleVendor(Way way) { return std::make_unique<FakeModuleVendor>(way); }
std::unique_ptr<VendorKey> softHsmVendor(Way way) { return std::make_unique<SoftHsmVendor>(way); }

StorageProfile testProfile(const std::string& name, bool mayWrite) {
  const auto file = fs::path(SEALFERRY_TEST_PROFILES) / (name + ".json");
  auto read = policy::readStorageProfile(contentOf(file));
  require(read.has_value(), "the profile " + file.string());
  policy::Policy policy;
  policy.profiles = {*read};
  policy::Module module;
  if (mayWrite) module.profiles = {read->name};
  return app::profilesFor(policy, module).at(0);
}

}  // namespace sealferry::contract
