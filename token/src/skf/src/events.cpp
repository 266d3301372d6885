// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "device_events.h"
#include "skf/backend.h"

namespace sealferry::token {
namespace {

using namespace skf;

/// Some libraries tell only of keys that they have listed.
void list(const Library& library) {
  std::array<char, 4096> names{};
  auto size = library.number(names.size());
  (void)library.call("SKF_EnumDev", Flag{true}, names.data(), &size);
}

}  // namespace

Result<std::function<Result<void>()>> skfDeviceEvents(const std::string& path, const SkfSetting& setting) {
  const auto library = Library::load(path, setting);
  if (!library) return passOn(library);
  if (!(*library)->has("SKF_WaitForDevEvent")) return fail(ErrorCode::mechanism_missing, "SKF_WaitForDevEvent");
  list(**library);
  // What an event names is not looked at: which keys are there is asked of the worker.
  return [kept = *library, events = DeviceEvents(**library)]() mutable -> Result<void> {
    const auto event = events.next();
    if (!event) return passOn(event);
    return {};
  };
}

}  // namespace sealferry::token
