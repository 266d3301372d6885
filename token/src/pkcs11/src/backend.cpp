// SPDX-License-Identifier: Apache-2.0
#include "pkcs11/backend.h"

#include "key_session.h"
#include "profile/match.h"

namespace sealferry::token {
namespace {

using namespace pkcs11;

class Pkcs11Backend : public Backend {
 public:
  Pkcs11Backend(std::unique_ptr<Module> module, WriteObserver* observer)
      : module_(std::move(module)), opener_(makeOpener(*module_, observer)) {}

  Result<ModuleInfo> module() override { return module_->describe(); }

  void setProfiles(std::vector<StorageProfile> profiles) override { profiles_ = std::move(profiles); }

  Result<std::vector<KeyInfo>> keys() override {
    auto found = present();
    if (!found) return passOn(found);
    std::vector<KeyInfo> keys;
    for (const auto& [slot, facts] : *found) keys.push_back(describe(facts, module_->path()));
    return keys;
  }

  Result<std::unique_ptr<Session>> open(std::string_view serial) override {
    const auto found = present();
    if (!found) return passOn(found);
    for (const auto& [id, facts] : *found) {
      if (facts.serial != serial) continue;
      auto slot = slotFor(id, facts);
      if (!slot) return passOn(slot);
      return std::make_unique<KeySession>(std::move(*slot), module_->path());
    }
    return fail(ErrorCode::no_key, "open");
  }

 private:
  using Present = std::vector<std::pair<SlotId, TokenFacts>>;

  Result<Present> present() {
    const auto slots = module_->slots();
    if (!slots) return passOn(slots);
    Present found;
    for (const auto slot : *slots) {
      const auto facts = module_->token(slot);
      if (facts && facts->initialized) found.emplace_back(slot, *facts);  // one that cannot be asked hides no other
    }
    return found;
  }

  Result<std::shared_ptr<Slot>> slotFor(SlotId id, const TokenFacts& facts) {
    std::erase_if(open_, [](const auto& slot) { return slot.expired(); });
    for (const auto& known : open_)
      if (auto slot = known.lock(); slot && slot->id() == id && slot->check()) return slot;
    auto slot =
        Slot::open(*module_, *opener_, id, facts.serial, profile::fitting(profiles_, describe(facts, module_->path())));
    if (slot) open_.push_back(*slot);
    return slot;
  }

  std::vector<StorageProfile> profiles_;
  std::unique_ptr<Module> module_;
  std::unique_ptr<TokenOpener> opener_;
  std::vector<std::weak_ptr<Slot>> open_;
};

}  // namespace

Result<std::unique_ptr<Backend>> pkcs11Backend(const std::string& path, const Pkcs11Setting& setting,
                                               WriteObserver* observer) {
  auto module = Module::load(path, setting);
  if (!module) return passOn(module);
  return std::make_unique<Pkcs11Backend>(std::move(*module), observer);
}

Result<std::function<Result<void>()>> pkcs11SlotEvents(const std::string& path) {
  auto module = Module::load(path, {});
  if (!module) return passOn(module);
  (void)(*module)->slots();  // some tell only of slots that they have listed
  return [kept = std::shared_ptr<Module>(std::move(*module))] { return kept->waitForSlotEvent(); };
}

}  // namespace sealferry::token
