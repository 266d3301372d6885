// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <chrono>

#include "library.h"
#include "skf/backend.h"

namespace sealferry::token {
namespace {

using namespace skf;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t inserted = 1, removed = 2;  // GM/T 0016 §7.1.2
constexpr unsigned mostFailures = 3;

/// Some libraries come back now and then with nothing (SAR_TIMEOUTERR, SAR_NOTEVENTERR and whatever else): one that had
/// waited is asked again.
constexpr auto hasWaited = 500ms;

bool isEvent(const Result<void>& happened, const NumberOut& event) {
  return happened && (event.value() == inserted || event.value() == removed);
}

/// What it names is not looked at: which keys are there is asked of the worker.
Result<void> waitForEvent(const Library& library) {
  for (unsigned failures = 0; failures < mostFailures;) {
    std::array<char, 4096> name{};  // room for one that takes no notice of the size
    auto size = library.number(512);
    auto event = library.number();
    const auto began = Clock::now();
    const auto happened = library.call("SKF_WaitForDevEvent", name.data(), &size, &event);
    if (isEvent(happened, event)) return {};
    if (Clock::now() - began < hasWaited) ++failures;
  }
  return fail(ErrorCode::internal, "SKF_WaitForDevEvent");
}

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
  return [kept = *library] { return waitForEvent(*kept); };
}

}  // namespace sealferry::token
