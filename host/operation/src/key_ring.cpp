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

/// What another driver made of a key may differ; a missing key, or one that a driver of long ago no longer opens, may
/// be there for a new one.
bool mayBeStale(ErrorCode code) {
  return code == ErrorCode::key_removed || code == ErrorCode::key_changed || code == ErrorCode::no_key ||
         code == ErrorCode::internal;
}

}  // namespace

Result<std::vector<KeyRing::Found>> KeyRing::keys() {
  std::vector<Found> found;
  std::optional<Error> firstFailure;
  for (const auto& driver : drivers_) {
    auto keys = driver.backend->keys();
    if (!keys) {
      log::writeError(keys.error(), "keys");
      if (!firstFailure) firstFailure = keys.error();
      continue;
    }
    for (auto& info : *keys) addOrMerge(found, {std::move(info), driver.backend.get()}, driver.path);
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
  for (const auto& driver : drivers_) driver.backend->reload();
  reloaded_ = Clock::now();
}

std::vector<KeyRing::ModuleState> KeyRing::modules() {
  std::vector<ModuleState> states;
  for (const auto& driver : drivers_)
    states.push_back({driver.kind, driver.path, driver.events, driver.backend->module()});
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
  const auto found = std::ranges::find_if(*all, [&](const Found& one) { return one.info.serial == *serial; });
  if (found == all->end()) return fail(ErrorCode::no_key, "choose");
  return *found;
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
