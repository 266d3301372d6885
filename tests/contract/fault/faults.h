// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <random>

#include "cases.h"
#include "faulty_key.h"
#include "tally.h"

namespace sealferry::contract {

void misbehaveOver(FaultyKey& key, const FaultKind& fault, unsigned rounds, std::mt19937& random, Tally& tally);

}  // namespace sealferry::contract
