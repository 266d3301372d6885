// SPDX-License-Identifier: Apache-2.0
#include "device_events.h"

#include <array>

namespace sealferry::token::skf {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t inserted = 1, removed = 2;  // GM/T 0016 §7.1.2
constexpr unsigned mostFailures = 3;

/// Some libraries come back now and then with nothing (SAR_TIMEOUTERR, SAR_NOTEVENTERR and whatever else): one that had
/// waited is asked again.
constexpr auto hasWaited = 500ms;

/// So many events within so short a time are none: keys are not plugged in that fast.
constexpr auto shortTime = 2s;
constexpr unsigned mostInShortTime = 60;

}  // namespace

Result<DeviceEvent> DeviceEvents::wait() const {
  std::array<char, 4096> name{};  // room for one that takes no notice of the size
  auto size = library_.number(512);
  auto event = library_.number();
  const auto happened = library_.call("SKF_WaitForDevEvent", name.data(), &size, &event);
  if (!happened) return passOn(happened);
  if (event.value() != inserted && event.value() != removed) return fail(ErrorCode::internal, "SKF_WaitForDevEvent");
  name.back() = 0;
  return DeviceEvent{name.data(), event.value() == removed};
}

bool DeviceEvents::isRestless() {
  const auto now = Clock::now();
  if (now - since_ > shortTime) {
    since_ = now;
    count_ = 0;
  }
  return ++count_ > mostInShortTime;
}

Result<DeviceEvent> DeviceEvents::next(const std::function<bool()>& ends) {
  for (unsigned failures = 0; failures < mostFailures;) {
    const auto began = Clock::now();
    auto event = wait();
    if (ends() || (event && isRestless())) break;
    if (event) return event;
    if (Clock::now() - began < hasWaited) ++failures;
  }
  return fail(ErrorCode::internal, "SKF_WaitForDevEvent");
}

}  // namespace sealferry::token::skf
