// SPDX-License-Identifier: Apache-2.0
#include "policy/storage_profile.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace sealferry::policy {
namespace {

using nlohmann::json;

constexpr std::size_t mostNameBytes = 48, mostPlaceBytes = 64, mostDevices = 32;
constexpr std::uint64_t largestFile = 65536;

bool isOneOf(const std::string& word, std::initializer_list<std::string_view> known) {
  return std::ranges::find(known, word) != known.end();
}

bool isPrintable(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; });
}

bool readText(std::string& to, const json& value, std::size_t most) {
  if (!value.is_string()) return false;
  to = value.get<std::string>();
  return !to.empty() && to.size() <= most;
}

template <class T>
bool readNumber(T& to, const json& value, std::uint64_t least, std::uint64_t most) {
  if (!value.is_number_unsigned()) return false;
  const auto number = value.get<std::uint64_t>();
  to = static_cast<T>(number);
  return number >= least && number <= most;
}

/// The name stands in what readKey answers, before a slash.
bool readName(StorageProfile& profile, const json& value) {
  return readText(profile.name, value, mostNameBytes) && std::ranges::all_of(profile.name, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
         });
}

/// Our own objects are no vendor's.
bool readApplication(StorageProfile& profile, const json& value) {
  return readText(profile.application, value, mostPlaceBytes) && profile.application != "SealFerry";
}

bool readPlace(StorageProfile& profile, const json& value) {
  if (!readText(profile.place, value, mostPlaceBytes) || !isPrintable(profile.place)) return false;
  const auto counter = profile.place.find("{n}");
  const auto rest = counter == std::string::npos ? profile.place : std::string(profile.place).erase(counter, 3);
  return rest.find_first_of("{}/#*") == std::string::npos && !rest.starts_with("ses.");
}

bool readNumbers(StorageProfile& profile, const json& value) {
  if (!value.is_object()) return false;
  for (const auto& [name, member] : value.items())
    if (!(name == "first" && readNumber(profile.first, member, 0, 999)) &&
        !(name == "count" && readNumber(profile.count, member, 1, 16)))
      return false;
  return true;
}

bool readEncoding(StorageProfile& profile, const json& value) {
  return readText(profile.encoding, value, 32) &&
         isOneOf(profile.encoding, {"der", "base64", "base64-picture", "sealinfos", "bjca"});
}

bool readRight(std::string& to, const json& value) {
  return readText(to, value, 32) && isOneOf(to, {"anyone", "user", "administrator", "nobody"});
}

bool readRights(StorageProfile& profile, const json& value) {
  if (!value.is_object()) return false;
  for (const auto& [name, member] : value.items())
    if (!(name == "read" && readRight(profile.readRight, member)) &&
        !(name == "write" && readRight(profile.writeRight, member)))
      return false;
  return true;
}

bool readDevice(std::vector<StorageProfile::Device>& to, const json& value) {
  if (!value.is_object() || value.empty() || to.size() == mostDevices) return false;
  StorageProfile::Device device;
  for (const auto& [name, member] : value.items())
    if (!(name == "manufacturer" && readText(device.manufacturer, member, mostPlaceBytes)) &&
        !(name == "model" && readText(device.model, member, mostPlaceBytes)) &&
        !(name == "serial" && readText(device.serial, member, mostPlaceBytes)))
      return false;
  to.push_back(std::move(device));
  return true;
}

bool readDevices(StorageProfile& profile, const json& value) {
  return value.is_array() && !value.empty() &&
         std::ranges::all_of(value, [&](const json& one) { return readDevice(profile.devices, one); });
}

/// What readers take for padding.
bool readPadding(StorageProfile& profile, const json& value) {
  return value.is_number_unsigned() && (value == 0 || value == 255 || value == 32) &&
         readNumber(profile.padding, value, 0, 255);
}

bool readHeightElement(StorageProfile& profile, const json& value) {
  return readText(profile.heightElement, value, 16) && isOneOf(profile.heightElement, {"sealhight", "sealheight"});
}

struct ProfileRow {
  std::string_view name;
  bool (*read)(StorageProfile&, const json&);
};
constexpr auto profileTable = std::to_array<ProfileRow>({
    {"profile", readName},
    {"devices", readDevices},
    {"application", readApplication},
    {"place", readPlace},
    {"numbers", readNumbers},
    {"encoding", readEncoding},
    {"rights", readRights},
    {"fixedBytes", [](StorageProfile& p, const json& v) { return readNumber(p.fixedBytes, v, 1, largestFile); }},
    {"mostBytes", [](StorageProfile& p, const json& v) { return readNumber(p.mostBytes, v, 1, largestFile); }},
    {"padding", readPadding},
    {"heightElement", readHeightElement},
});

bool readProfileMember(StorageProfile& profile, std::string_view name, const json& value) {
  const auto row = std::ranges::find(profileTable, name, &ProfileRow::name);
  return row != profileTable.end() && row->read(profile, value);
}

bool isWhole(const StorageProfile& profile) {
  const bool counts = profile.place.find("{n}") != std::string::npos;
  return !profile.name.empty() && !profile.place.empty() && !profile.encoding.empty() &&
         (counts || profile.count == 1) && profile.fixedBytes <= profile.mostBytes;
}

}  // namespace

std::optional<StorageProfile> readStorageProfile(ByteView text) {
  try {
    const auto content = json::parse(text.begin(), text.end());
    if (!content.is_object()) return std::nullopt;
    StorageProfile profile;
    for (const auto& [name, value] : content.items())
      if (!readProfileMember(profile, name, value)) return std::nullopt;
    if (!isWhole(profile)) return std::nullopt;
    return profile;
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

}  // namespace sealferry::policy
