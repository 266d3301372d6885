// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "opensc.h"
#include "renewal.h"

namespace sealferry::contract {

/// A change of the key that is broken off, and the key as it was before it.
struct Scenario {
  std::string name;
  Renewal renewal;
  std::filesystem::path before;          ///< the key's memory with the old set
  std::vector<std::uint8_t> commands{};  ///< of an undisturbed run
  /// There is no room for both: the order allows the old seal to be removed first, so that the key may for a time show
  /// neither; the same order must still finish.
  bool inPlace = false;
  std::string wishes{};          ///< what is asked of the key all the time: its limit
  std::uint64_t bytesAfter = 0;  ///< that the key holds after an undisturbed run
};

/// A seal alone, certificate and seal together, and these in place; each has been run once without being disturbed.
std::vector<Scenario> scenarios(const Folder& folder);

}  // namespace sealferry::contract
