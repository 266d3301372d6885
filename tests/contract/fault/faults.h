// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <random>
#include <vector>

#include "cases.h"
#include "tally.h"

namespace sealferry::contract {

/// One way to misbehave (tests/fakes/module/src/faults.h), and what may be told of it.
struct FaultKind {
  std::string how;
  std::vector<ErrorCode> allowed;  ///< what the first failing call may answer; empty: none may fail
  bool mustFail = false;
};

std::vector<FaultKind> allFaults();

void misbehaveOver(const FaultKind& fault, unsigned rounds, std::mt19937& random, Tally& tally);

}  // namespace sealferry::contract
