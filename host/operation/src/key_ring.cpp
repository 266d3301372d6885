// SPDX-License-Identifier: Apache-2.0
#include "operation/key_ring.h"

#include <algorithm>

#include "base/log.h"

namespace sealferry::operation {

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
    for (auto& info : *keys) found.push_back({std::move(info), driver.backend.get()});
  }
  if (drivers_.empty()) return fail(ErrorCode::no_driver, "keys");
  if (found.empty() && firstFailure) return tl::unexpected<Error>(*firstFailure);
  return found;
}

std::vector<KeyRing::ModuleState> KeyRing::modules() {
  std::vector<ModuleState> states;
  for (const auto& driver : drivers_) states.push_back({driver.kind, driver.path, driver.backend->module()});
  return states;
}

Result<KeyRing::Found> KeyRing::choose(const std::optional<std::string>& serial) {
  const auto all = keys();
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
  return found->backend->open(found->info.serial);
}

}  // namespace sealferry::operation
