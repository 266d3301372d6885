// SPDX-License-Identifier: Apache-2.0
#include "slot.h"

#include "base/digest.h"
#include "profile/match.h"
#include "text.h"

namespace sealferry::token::skf {

Result<KeyFacts> factsOf(const Device& device) {
  auto info = device.info();
  if (!info) return passOn(info);
  const auto pin = device.pinState(PinOwner::user);
  if (!pin) return passOn(pin);
  const auto encoding = device.library().setting().encoding;
  for (auto* text : {&info->manufacturer, &info->issuer, &info->label, &info->serial}) *text = cleaned(*text, encoding);
  return KeyFacts{std::move(*info), *pin};
}

KeyInfo describe(const KeyFacts& facts, const std::string& modulePath) {
  KeyInfo key;
  key.id = toHex(sha256(viewOf(facts.info.manufacturer + facts.info.serial)));
  key.serial = facts.info.serial;
  key.label = facts.info.label;
  key.manufacturer = facts.info.manufacturer;
  key.model = facts.info.issuer;
  key.kind = "skf";
  key.module = modulePath;
  key.pin = facts.pin;
  if (facts.info.totalBytes > 0) {
    key.freeBytes = facts.info.freeBytes;
    key.totalBytes = facts.info.totalBytes;
  }
  return key;
}

Result<std::shared_ptr<Slot>> Slot::open(const Driver& driver, const std::string& name,
                                         const std::vector<StorageProfile>& profiles) {
  auto device = Device::connect(driver, name);
  if (!device) return passOn(device);
  if (!(*device)->hasApplication()) return fail(ErrorCode::no_key, "open");
  auto facts = factsOf(**device);
  if (!facts) return passOn(facts);
  auto fitting = profile::fitting(profiles, describe(*facts, driver.library->path()));
  return std::shared_ptr<Slot>(new Slot(std::move(*device), std::move(facts->info.serial), std::move(fitting)));
}

Result<void> Slot::letGo(ErrorCode code) {
  gone_ = true;
  loggedIn = false;
  return fail(code, "presence");
}

Result<void> Slot::check() {
  if (gone_) return fail(ErrorCode::key_removed, "presence");
  if (device_->removed()) return letGo(ErrorCode::key_removed);
  const auto now = device_->info();
  if (!now) {
    device_->foundGone();
    return letGo(ErrorCode::key_removed);
  }
  if (cleaned(now->serial, device_->library().setting().encoding) != serial_) return letGo(ErrorCode::key_changed);
  return {};
}

Error Slot::explain(Error error) {
  if (!mayMeanGone(error)) return error;
  const auto there = check();
  if (!there) {
    const auto native = error.native;
    error = there.error();
    error.native = native;
  } else if (error.code == ErrorCode::key_removed) {
    error.code = ErrorCode::internal;  // the library said so, but the key is there
  }
  return error;
}

}  // namespace sealferry::token::skf
