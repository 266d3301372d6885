// SPDX-License-Identifier: Apache-2.0
#include "device.h"

#include <algorithm>

#include "container.h"
#include "input.h"

namespace sealferry::token::skf {
namespace {

constexpr std::size_t mostEntries = 4096;

}  // namespace

std::vector<std::string> namesIn(ByteView buffer) {
  std::vector<std::string> names;
  while (!buffer.empty() && names.size() < mostEntries) {
    const auto end = std::ranges::find(buffer, 0);
    const auto size = static_cast<std::size_t>(end - buffer.begin());
    if (size == 0) break;
    names.push_back(textOf(buffer.first(size)));
    buffer = buffer.subspan(std::min(size + 1, buffer.size()));
  }
  return names;
}

bool Device::changesKey(std::string_view call) {
  constexpr std::string_view calls[] = {"SKF_CreateFile",       "SKF_WriteFile",       "SKF_DeleteFile",
                                        "SKF_CreateContainer",  "SKF_DeleteContainer", "SKF_ImportCertificate",
                                        "SKF_ImportECCKeyPair", "SKF_GenECCKeyPair",   "SKF_GenRSAKeyPair",
                                        "SKF_ChangePIN",        "SKF_UnblockPIN"};
  return std::ranges::find(calls, call) != std::end(calls);
}

Result<std::unique_ptr<Device>> Device::connect(const Driver& driver, const std::string& name) {
  // Counted before connecting: one pulled in between is gone, not overlooked.
  std::unique_ptr<Device> device(new Device(driver, name, driver.watch->removals(name)));
  if (auto done = driver.library->call("SKF_ConnectDev", in(name), &device->device_); !done) return passOn(done);
  if (auto done = device->openApplication(); !done) return passOn(done);
  return device;
}

Device::~Device() {
  if (removed()) return;
  if (application_ != nullptr && library().has("SKF_CloseApplication"))
    (void)library().call("SKF_CloseApplication", application_);
  if (device_ != nullptr) (void)library().call("SKF_DisConnectDev", device_);
}

Result<std::vector<std::string>> Device::list(const char* enumerate, Handle handle) const {
  const auto buffer = askTwice(library(), mostNames, enumerate, [&](unsigned char* bytes, NumberOut* size) {
    return call(enumerate, handle, reinterpret_cast<char*>(bytes), size);
  });
  if (!buffer) return passOn(buffer);
  return namesIn(*buffer);
}

Result<std::vector<std::string>> Device::names(const char* enumerate) const { return list(enumerate, application_); }

/// Of what cannot be read, nothing is known.
bool Device::holdsCertificate() {
  const auto containers = names("SKF_EnumContainer");
  if (!containers) choice_ = passOn(containers);
  if (!containers) return false;
  for (const auto& name : *containers) {
    const auto container = Container::open(*this, name);
    if (!container) continue;
    for (const auto place : {KeyUse::signing, KeyUse::encryption}) {
      const auto der = (*container)->certificate(place);
      if (der && !der->empty()) return true;
    }
  }
  return false;
}

/// Most keys have one. Of several the one with certificates is the user's; with none the key was never used. One that
/// does not open hides no other: makers have some for themselves.
Result<void> Device::openApplication() {
  auto all = list("SKF_EnumApplication", device_);
  if (!all) return passOn(all);
  const auto& wanted = library().setting().application;
  if (!wanted.empty()) std::erase_if(*all, [&](const auto& name) { return library().nameOf(name) != wanted; });
  Result<void> refused;
  std::optional<std::string> usable;
  for (const auto& name : *all) {
    if (auto done = openOne(name); !done) {
      if (refused) refused = done;
      continue;
    }
    if (all->size() == 1) return {};
    if (holdsCertificate()) return choice_ = {};
    (void)call("SKF_CloseApplication", application_);
    application_ = nullptr;
    if (!usable) usable = name;
  }
  return usable ? openOne(*usable) : refused;
}

Result<void> Device::openOne(const std::string& name) {
  applicationName_ = library().nameOf(name);
  auto done = call("SKF_OpenApplication", device_, in(name), &application_);
  if (!done) application_ = nullptr;
  return done;
}

Result<sealferry::skf::DeviceInfo> Device::info() const {
  Bytes buffer(sealferry::skf::deviceInfoBuffer);
  if (auto done = call("SKF_GetDevInfo", device_, static_cast<void*>(buffer.data())); !done) return passOn(done);
  auto info = sealferry::skf::decodeDeviceInfo(library().layout(), buffer);
  if (!info) return fail(ErrorCode::internal, "SKF_GetDevInfo");
  return std::move(*info);
}

Result<PinState> Device::pinState(PinOwner whose) const {
  auto most = library().number();
  auto left = library().number();
  auto factory = library().flag();
  const auto done = inApplication("SKF_GetPINInfo", Number{static_cast<std::uint64_t>(whose)}, &most, &left, &factory);
  if (!done && done.error().code != ErrorCode::mechanism_missing && !info()) return passOn(done);
  // Some libraries leave zeroes for what they do not tell.
  if (!done || !Tries::isPlausible(left.value()) || most.value() == 0)
    return tries_[static_cast<std::size_t>(whose)].state();
  PinState pin;
  pin.triesLeft = static_cast<int>(left.value());
  pin.countLow = left.value() < most.value();
  pin.lastTry = left.value() == 1;
  pin.locked = left.value() == 0;
  pin.mustChange = factory.value() != 0;
  return pin;
}

}  // namespace sealferry::token::skf
