// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <random>

#include "scenario.h"
#include "tally.h"

namespace sealferry::contract {

/// Pulls the key at one command of the change: before it has an effect, or after it had one and before the answer.
struct Position {
  std::size_t command = 1;
  bool after = false;
};

std::vector<Position> everyPosition(const Scenario& scenario);

/// Afterwards the key shows the old or the new set, complete; then the same order, or one reissued under the same
/// number, finishes and leaves nothing behind.
void unplugAt(const Scenario& scenario, const Position& position, std::mt19937& random, Tally& tally);

}  // namespace sealferry::contract
