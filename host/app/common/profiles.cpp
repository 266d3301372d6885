// SPDX-License-Identifier: Apache-2.0
#include "profiles.h"

#include <algorithm>
#include <array>

namespace sealferry::app {
namespace {

template <class T>
struct Word {
  std::string_view word;
  T value;
};

using enum token::SealEncoding;
constexpr auto encodings = std::to_array<Word<token::SealEncoding>>(
    {{"der", der}, {"base64", base64}, {"base64-picture", base64Picture}, {"sealinfos", sealinfos}, {"bjca", bjca}});

using enum token::FileRight;
constexpr auto rights = std::to_array<Word<token::FileRight>>(
    {{"anyone", anyone}, {"user", user}, {"administrator", administrator}, {"nobody", nobody}});

/// Policy lets only these words through.
template <class T, std::size_t size>
T valueOf(const std::array<Word<T>, size>& words, std::string_view word) {
  return std::ranges::find(words, word, &Word<T>::word)->value;
}

token::StorageProfile profileFrom(const policy::StorageProfile& from) {
  token::StorageProfile profile;
  profile.name = from.name;
  for (const auto& device : from.devices) profile.devices.push_back({device.manufacturer, device.model, device.serial});
  profile.application = from.application;
  profile.place = from.place;
  profile.first = from.first;
  profile.count = from.count;
  profile.encoding = valueOf(encodings, from.encoding);
  profile.readRight = valueOf(rights, from.readRight);
  profile.writeRight = valueOf(rights, from.writeRight);
  profile.fixedBytes = from.fixedBytes;
  profile.padding = from.padding;
  profile.mostBytes = from.mostBytes;
  profile.heightElement = from.heightElement;
  return profile;
}

}  // namespace

std::vector<token::StorageProfile> profilesFor(const policy::Policy& policy, const policy::Module& module) {
  std::vector<token::StorageProfile> all;
  for (const auto& one : policy.profiles) {
    all.push_back(profileFrom(one));
    all.back().mayWrite = std::ranges::find(module.profiles, one.name) != module.profiles.end();
  }
  return all;
}

}  // namespace sealferry::app
