// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "opensc.h"
#include "renewal.h"
#include "tally.h"

namespace sealferry::contract {

/// Something done with a key, and how many wrong PINs were typed while it was.
struct PinPath {
  std::string name;
  std::function<void(Subject&)> run;
  unsigned wrongTyped = 0;
  bool anyTyped = true;  ///< false: nobody typed a PIN, so the key must not have been shown one at all
  /// Tries that the driver spends by itself when it is loaded directly, where nothing keeps it from doing so.
  unsigned byDriver = 0;
  unsigned puksTyped = 0, wrongPuks = 0;
};

std::vector<PinPath> pinPaths();

/// On a fresh key; afterwards its own counters must say just what was typed.
void runPath(const PinPath& path, Way way, Tally& tally);

}  // namespace sealferry::contract
