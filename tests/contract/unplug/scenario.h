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
  std::uint64_t bytesAfter = 0;          ///< that the key holds after an undisturbed run
};

/// A seal alone, and certificate and seal together; each has been run once without being disturbed.
std::vector<Scenario> scenarios(const Folder& folder);

}  // namespace sealferry::contract
