// SPDX-License-Identifier: Apache-2.0
#include "operation/key_ring.h"

#include <algorithm>
#include <utility>

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

/// The key through the driver that tells this serial number of it, the one that is used first of all.
std::optional<KeyRing::Found> throughSerial(const KeyRing::Found& key, const std::string& serial) {
  if (key.info.serial == serial) return key;
  const auto other = std::ranges::find(key.also, serial, [](const auto& one) { return one.info.serial; });
  if (other == key.also.end()) return std::nullopt;
  return KeyRing::Found{other->info, other->backend, other->driver};
}

/// The failure of a driver that is there: what it would have told is not known. Policy may well name one that is not
/// installed on this machine.
const Error* silentAmong(const KeyRing::Listing& listing) {
  const auto found = std::ranges::find_if(
      listing.failures, [](const auto& failure) { return failure.error.code != ErrorCode::no_driver; });
  return found == listing.failures.end() ? nullptr : &found->error;
}

Result<std::vector<KeyRing::Found>> told(const KeyRing::Listing& listing, std::size_t drivers) {
  if (!listing.keys.empty()) return listing.keys;
  if (const auto* silent = silentAmong(listing)) return tl::unexpected<Error>(*silent);
  if (listing.failures.size() < drivers) return listing.keys;
  return tl::unexpected<Error>(listing.failures.empty() ? Error{ErrorCode::no_driver, "keys", 0, {}, {}}
                                                        : listing.failures.front().error);
}

}  // namespace

KeyRing::Listing KeyRing::list() {
  Listing listing;
  for (auto& driver : drivers_) {
    auto keys = driver.backend->keys();
    const auto before = std::exchange(driver.failure, keys ? std::nullopt : std::optional(keys.error().code));
    if (!keys) {
      if (before != driver.failure) log::writeError(keys.error(), "keys");  // once, not at every look
      listing.failures.push_back({driver.path, keys.error()});
      continue;
    }
    for (auto& info : *keys) addOrMerge(listing.keys, {std::move(info), driver.backend.get(), driver.path}, twins_);
  }
  return listing;
}

Result<std::vector<KeyRing::Found>> KeyRing::keys() {
  askCrashedAgain();
  return told(list(), drivers_.size());
}

KeyRing::Listing KeyRing::listForSure() {
  askCrashedAgain();
  auto listing = list();
  const auto all = told(listing, drivers_.size());
  if (!all || !all->empty() || Clock::now() - reloaded_ < reloadInterval) return listing;
  loadAnew();
  return list();
}

Result<std::vector<KeyRing::Found>> KeyRing::keysForSure() { return told(listForSure(), drivers_.size()); }

void KeyRing::reload() {
  for (auto& driver : drivers_) driver.failure.reset();
  loadAnew();
}

void KeyRing::loadAnew() {
  for (auto& driver : drivers_)
    if (driver.failure != ErrorCode::module_hung) driver.backend->reload();
  reloaded_ = Clock::now();
}

void KeyRing::askCrashedAgain() {
  for (auto& driver : drivers_)
    if (driver.failure == ErrorCode::module_crashed) driver.backend->reload();
}

std::vector<KeyRing::ModuleState> KeyRing::modules() {
  askCrashedAgain();
  std::vector<ModuleState> states;
  for (auto& driver : drivers_)
    states.push_back({driver.kind, driver.path, driver.events, driver.backend->module(), driver.options});
  return states;
}

Result<KeyRing::Found> KeyRing::choose(const std::optional<std::string>& serial) {
  const auto listing = listForSure();
  const auto all = told(listing, drivers_.size());
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
  if (chosen) return *chosen;
  if (const auto* silent = silentAmong(listing))
    return tl::unexpected<Error>(*silent);  // it may be the one that has it
  return fail(ErrorCode::no_key, "choose");
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
