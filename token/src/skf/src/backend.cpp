// SPDX-License-Identifier: Apache-2.0
#include "skf/backend.h"

#include "key_session.h"

namespace sealferry::token {
namespace {

using namespace skf;

class SkfBackend : public Backend {
 public:
  SkfBackend(std::shared_ptr<Library> library, WriteObserver* observer) {
    driver_.library = std::move(library);
    driver_.watch = std::make_unique<Watch>(driver_.library);
    driver_.observer = observer;
  }

  /// The standard has no call that tells a library's name or version. One that has an error for no key is no worse for
  /// that.
  Result<ModuleInfo> module() override {
    const auto names = present();
    const auto slots = names ? static_cast<unsigned>(names->size()) : 0U;
    return ModuleInfo{driver_.library->path(), "skf", "GM/T 0016", "", slots};
  }

  void setProfiles(std::vector<StorageProfile> profiles) override { profiles_ = std::move(profiles); }

  Result<std::vector<KeyInfo>> keys() override {
    const auto names = present();
    if (!names) return passOn(names);
    std::vector<KeyInfo> keys;
    for (const auto& name : *names) {
      const auto slot = slotFor(name);
      if (!slot) continue;  // one that cannot be asked hides no other
      const auto facts = factsOf((*slot)->device());
      if (facts) keys.push_back(describe(*facts, driver_.library->path()));
    }
    return keys;
  }

  Result<std::unique_ptr<Session>> open(std::string_view serial) override {
    const auto names = present();
    if (!names) return passOn(names);
    std::shared_ptr<Slot> chosen;
    for (const auto& name : *names) {
      auto slot = slotFor(name);
      if (!slot || (*slot)->serial() != serial) continue;
      if (chosen)  // nobody could say which of them is meant
        return tl::unexpected<Error>(Error{ErrorCode::several_keys, "open", 0, {}, {{"reason", "sameSerial"}}});
      chosen = std::move(*slot);
    }
    if (!chosen) return fail(ErrorCode::no_key, "open");
    return std::make_unique<KeySession>(std::move(chosen));
  }

 private:
  Result<std::vector<std::string>> present() const {
    const auto& library = *driver_.library;
    const auto buffer = askTwice(library, mostNames, "SKF_EnumDev", [&](unsigned char* bytes, NumberOut* size) {
      return library.call("SKF_EnumDev", Flag{true}, reinterpret_cast<char*>(bytes), size);
    });
    if (!buffer && buffer.error().code == ErrorCode::key_removed) return std::vector<std::string>{};  // none is there
    if (!buffer) return passOn(buffer);
    return namesIn(*buffer);
  }

  /// The one that is open already, if it is still the same insertion.
  Result<std::shared_ptr<Slot>> slotFor(const std::string& name) {
    std::erase_if(open_, [](const auto& slot) { return slot.expired(); });
    for (const auto& known : open_)
      if (auto slot = known.lock(); slot && slot->device().name() == name && slot->check()) return slot;
    auto slot = Slot::open(driver_, name, profiles_);
    if (slot) open_.push_back(*slot);
    return slot;
  }

  Driver driver_;
  std::vector<StorageProfile> profiles_;
  std::vector<std::weak_ptr<Slot>> open_;
};

}  // namespace

Result<std::unique_ptr<Backend>> skfBackend(const std::string& path, const SkfSetting& setting,
                                            WriteObserver* observer) {
  auto library = Library::load(path, setting);
  if (!library) return passOn(library);
  return std::make_unique<SkfBackend>(std::move(*library), observer);
}

}  // namespace sealferry::token
