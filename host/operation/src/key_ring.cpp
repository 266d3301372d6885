// SPDX-License-Identifier: Apache-2.0
#include "operation/key_ring.h"

#include <algorithm>

#include "base/log.h"
#include "same_stick.h"

namespace sealferry::operation {
namespace {

using Clock = std::chrono::steady_clock;

/// Who asks over and over for a key that is not there does not load the drivers over and over.
constexpr auto reloadInterval = std::chrono::seconds(5);

/// So long a driver that did not answer is left alone, unless something happens to its keys.
constexpr auto hungRest = std::chrono::seconds(30);

/// What another driver made of a key may differ; a missing key, or one that a driver of long ago no longer opens, may
/// be there for a new one.
bool mayBeStale(ErrorCode code) {
  return code == ErrorCode::key_removed || code == ErrorCode::key_changed || code == ErrorCode::no_key ||
         code == ErrorCode::internal;
}

/// The key through the driver that tells this serial number of it, the one that is used first of all.
std::optional<KeyRing::Found> throughSerial(const KeyRing::Found& key, const std::string& serial) {
  if (key.info.serial == serial) return key;
  const auto other = std::ranges::find(key.also, serial, [](const auto& one) { return one.info.serial; });
  if (other == key.also.end()) return std::nullopt;
  return KeyRing::Found{other->info, other->backend, other->driver};
}

}  // namespace

/// One driver that does not answer costs its deadline once, not at every call: the others go on at once.
template <class T>
Result<T> KeyRing::ask(Driver& driver, Result<T> (token::Backend::*question)()) {
  if (driver.hung && Clock::now() < driver.hungUntil) return tl::unexpected<Error>(*driver.hung);
  driver.hung.reset();
  auto answer = (driver.backend.get()->*question)();
  if (!answer && answer.error().code == ErrorCode::module_hung) {
    driver.hung = answer.error();
    driver.hungUntil = Clock::now() + hungRest;
  }
  return answer;
}

Result<std::vector<KeyRing::Found>> KeyRing::keys() {
  std::vector<Found> found;
  std::optional<Error> firstFailure;
  for (auto& driver : drivers_) {
    auto keys = ask(driver, &token::Backend::keys);
    if (!keys) {
      log::writeError(keys.error(), "keys");
      if (!firstFailure) firstFailure = keys.error();
      continue;
    }
    for (auto& info : *keys) addOrMerge(found, {std::move(info), driver.backend.get(), driver.path}, twins_);
  }
  if (drivers_.empty()) return fail(ErrorCode::no_driver, "keys");
  if (found.empty() && firstFailure) return tl::unexpected<Error>(*firstFailure);
  return found;
}

Result<std::vector<KeyRing::Found>> KeyRing::keysForSure() {
  auto all = keys();
  if (!all || !all->empty() || Clock::now() - reloaded_ < reloadInterval) return all;
  reload();
  return keys();
}

void KeyRing::reload() {
  for (auto& driver : drivers_) {
    driver.backend->reload();
    driver.hung.reset();
  }
  reloaded_ = Clock::now();
}

std::vector<KeyRing::ModuleState> KeyRing::modules() {
  std::vector<ModuleState> states;
  for (auto& driver : drivers_)
    states.push_back({driver.kind, driver.path, driver.events, ask(driver, &token::Backend::module), driver.options});
  return states;
}

Result<KeyRing::Found> KeyRing::choose(const std::optional<std::string>& serial) {
  const auto all = keysForSure();
  if (!all) return passOn(all);
  if (all->empty()) return fail(ErrorCode::no_key, "choose");
  if (!serial) {
    if (all->size() > 1) return fail(ErrorCode::several_keys, "choose");
    return all->front();
  }
  std::optional<Found> chosen;
  for (const auto& one : *all) {
    auto found = throughSerial(one, *serial);
    if (found && chosen)  // a page, or an order, cannot say which of them is meant
      return tl::unexpected<Error>(Error{ErrorCode::several_keys, "choose", 0, {}, {{"reason", "sameSerial"}}});
    if (found) chosen = std::move(found);
  }
  if (!chosen) return fail(ErrorCode::no_key, "choose");
  return *chosen;
}

Result<std::unique_ptr<token::Session>> KeyRing::open(const std::optional<std::string>& serial) {
  const auto found = choose(serial);
  if (!found) return passOn(found);
  auto session = found->backend->open(found->info.serial);
  if (session || !mayBeStale(session.error().code)) return session;
  found->backend->reload();
  return found->backend->open(found->info.serial);
}

}  // namespace sealferry::operation
