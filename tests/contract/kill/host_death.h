// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sweep.h"

namespace sealferry::contract {

/// The host dies of SIGKILL while the worker is at each of the calls: the worker finishes or rolls back by itself and
/// is gone within ten seconds.
void killHostEverywhere(KillTarget& target, const std::vector<std::string>& calls, std::mt19937& random, Tally& tally);

/// The host dies, and the same order comes from a new one while the old worker is still at it: the new one waits.
void retryAtOnce(KillTarget& target, const std::vector<std::string>& calls, Tally& tally);

/// The host dies and the driver never comes back: the worker ends itself after ten seconds, the journal does the rest.
void hangForEver(KillTarget& target, Tally& tally);

}  // namespace sealferry::contract
