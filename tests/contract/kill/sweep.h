// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <random>

#include "renewal.h"
#include "tally.h"

namespace sealferry::contract {

/// A persistent key reached through the worker, with development arguments for it.
class KillTarget {
 public:
  virtual ~KillTarget() = default;
  virtual std::string name() const = 0;
  virtual bool reset() = 0;
  virtual std::string serial() const = 0;
  virtual std::unique_ptr<Backend> backend(std::vector<std::string> developmentArguments = {}) = 0;
};

std::vector<std::unique_ptr<KillTarget>> killTargets(const std::string& only = {});

/// A fresh key that holds the old set.
void prepare(KillTarget& target, const Renewal& renewal);

/// The names of the native calls of one whole change, in order: each is a point to be killed at.
std::vector<std::string> writingCalls(KillTarget& target);

void killWorkerEverywhere(KillTarget& target, const std::vector<std::string>& calls, std::mt19937& random,
                          Tally& tally);

/// With a fresh worker: the key shows the old or the new set, and then the same order, or one reissued under the same
/// number, finishes without leaving anything behind.
void checkAfterwards(KillTarget& target, const Renewal& renewal, const std::string& where, std::mt19937& random,
                     Tally& tally);

}  // namespace sealferry::contract
