// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "token/profile.h"
#include "token/types.h"

namespace sealferry::token::profile {

/// Is the profile meant for this key?
bool fitsDevice(const StorageProfile& profile, const KeyInfo& key);

std::vector<StorageProfile> fitting(const std::vector<StorageProfile>& profiles, const KeyInfo& key);

/// The names its files or objects may have, in order.
std::vector<std::string> placesOf(const StorageProfile& profile);
/// Is a file of this application and name one of them?
bool isPlace(const StorageProfile& profile, std::string_view application, std::string_view label);

/// Does a file that no profile explains look as if a seal were in it: by its name, or by what it begins with? To be
/// careful with: where it does, nothing is written.
bool looksLikeSeal(std::string_view label, ByteView head);
constexpr std::size_t headBytes = 512;

}  // namespace sealferry::token::profile
