// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sweep.h"

namespace sealferry::contract {

/// The soft SKF key is pulled just before, or in the middle of, each SKF call of a change, its worker is killed there,
/// or the call fails with the key still there: of a seal write, and of one that renews both certificates, the
/// encryption key and the seal. Every time the key shows the old or the new set, and the same change then finishes and
/// leaves nothing. `stride` 1 is every call; a larger one a sample that begins at random.
void pullSkfEverywhere(unsigned stride, std::mt19937& random, Tally& tally);

}  // namespace sealferry::contract
