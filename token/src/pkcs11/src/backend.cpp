// SPDX-License-Identifier: Apache-2.0
#include "pkcs11/backend.h"

#include <algorithm>

#include "key_session.h"
#include "profile/match.h"

namespace sealferry::token {
namespace {

using namespace pkcs11;

class Pkcs11Backend : public Backend {
 public:
  Pkcs11Backend(std::unique_ptr<Module> module, WriteObserver* observer)
      : module_(std::move(module)), opener_(makeOpener(*module_, observer)) {}

  Result<ModuleInfo> module() override {
    return initialized([&] { return module_->describe(); });
  }

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
    const auto tells = [&](const Token& one) { return one.second.serial == serial; };
    const auto chosen = std::ranges::find_if(*found, tells);
    if (chosen == found->end()) return fail(ErrorCode::no_key, "open");
    if (std::any_of(chosen + 1, found->end(), tells))  // nobody could say which of them is meant
      return tl::unexpected<Error>(Error{ErrorCode::several_keys, "open", 0, {}, {{"reason", "sameSerial"}}});
    auto slot = slotFor(chosen->first, chosen->second);
    if (!slot) return passOn(slot);
    return std::make_unique<KeySession>(std::move(*slot), module_->path());
  }

 private:
  using Token = std::pair<SlotId, TokenFacts>;
  using Present = std::vector<Token>;

  /// libp11 finalises the module with the last key that is closed, and a module may refuse to be initialised again just
  /// then: whoever asks next tries once more.
  template <class Ask>
  auto initialized(Ask ask) -> decltype(ask()) {
    auto answer = ask();
    if (answer || !notInitialized(answer.error())) return answer;
    if (auto ready = module_->initialize(); !ready) return passOn(ready);
    return ask();
  }

  Result<Present> present() {
    const auto slots = initialized([&] { return module_->slots(); });
    if (!slots) return passOn(slots);
    Present found;
    for (const auto slot : *slots) {
      const auto facts = module_->token(slot);
      if (!facts || !facts->initialized) continue;  // one that cannot be asked hides no other
      Token token(slot, *facts);
      if (std::ranges::none_of(found, [&](const Token& one) { return isSameKey(one, token); }))
        found.push_back(std::move(token));
    }
    return found;
  }

  /// Some show a key with several PINs in as many slots (OpenSC does): one reader, one serial number, and a label for
  /// each PIN. Two keys of one serial number are in two readers.
  bool isSameKey(const Token& one, const Token& other) const {
    if (one.second.serial != other.second.serial || one.second.label == other.second.label) return false;
    const auto reader = module_->reader(one.first);
    return !reader.empty() && reader == module_->reader(other.first);
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
