// SPDX-License-Identifier: Apache-2.0
#include "profile/match.h"

#include <algorithm>
#include <iterator>

namespace sealferry::token::profile {
namespace {

constexpr std::string_view counter = "{n}";

bool fits(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return true;
  if (pattern.ends_with('*')) return text.starts_with(pattern.substr(0, pattern.size() - 1));
  return pattern == text;
}

}  // namespace

bool fitsDevice(const StorageProfile& profile, const KeyInfo& key) {
  if (profile.devices.empty()) return true;
  return std::ranges::any_of(profile.devices, [&](const DevicePattern& device) {
    return fits(device.manufacturer, key.manufacturer) && fits(device.model, key.model) &&
           fits(device.serial, key.serial);
  });
}

std::vector<StorageProfile> fitting(const std::vector<StorageProfile>& profiles, const KeyInfo& key) {
  std::vector<StorageProfile> found;
  std::ranges::copy_if(profiles, std::back_inserter(found), [&](const auto& one) { return fitsDevice(one, key); });
  return found;
}

std::vector<std::string> placesOf(const StorageProfile& profile) {
  const auto at = profile.place.find(counter);
  if (at == std::string::npos) return {profile.place};
  std::vector<std::string> places;
  for (unsigned i = 0; i < profile.count; ++i)
    places.push_back(std::string(profile.place).replace(at, counter.size(), std::to_string(profile.first + i)));
  return places;
}

bool isPlace(const StorageProfile& profile, std::string_view application, std::string_view label) {
  if (!profile.application.empty() && profile.application != application) return false;
  const auto places = placesOf(profile);
  return std::ranges::find(places, label) != places.end();
}

}  // namespace sealferry::token::profile
