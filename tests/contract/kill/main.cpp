// SPDX-License-Identifier: Apache-2.0
// contract-kill [--full | --rounds N] [--seed N] [--only TARGET]: a complete certificate-and-seal change is broken off
// by SIGKILL of the worker just before and just after each native call that can change the key, and by the death of the
// host at each of them. Every time the key must show the old or the new set, complete, and the same order must then
// finish.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>

#include "host_death.h"
#include "pull_everywhere.h"
#include "sweep.h"

namespace {

using namespace sealferry::contract;

struct Options {
  unsigned rounds = 1, seed = std::random_device()();
  bool full = false;
  std::string only;  ///< part of a target's name
};

Options parse(int count, char** arguments) {
  Options options;
  for (int i = 1; i < count; ++i) {
    if (std::strcmp(arguments[i], "--full") == 0) options.full = true, options.rounds = 5;
    if (i + 1 == count) continue;
    const auto number = static_cast<unsigned>(std::strtoul(arguments[i + 1], nullptr, 10));
    if (std::strcmp(arguments[i], "--rounds") == 0) options.rounds = number;
    if (std::strcmp(arguments[i], "--seed") == 0) options.seed = number;
    if (std::strcmp(arguments[i], "--only") == 0) options.only = arguments[i + 1];
  }
  return options;
}

}  // namespace

int main(int count, char** arguments) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  isolateLocks();
  const auto options = parse(count, arguments);
  std::printf("seed %u, %u round%s\n", options.seed, options.rounds, options.rounds == 1 ? "" : "s");
  Tally tally;
  std::mt19937 random(options.seed);
  for (auto& target : killTargets(options.only)) {
    const auto calls = writingCalls(*target);
    std::printf("%s: %zu native calls that change the key\n", target->name().c_str(), calls.size());
    tally.check(calls.size() >= 10, target->name() + ": the call log");
    for (unsigned round = 0; round < options.rounds; ++round) {
      killWorkerEverywhere(*target, calls, random, tally);
      killHostEverywhere(*target, calls, random, tally);
    }
    retryAtOnce(*target, calls, tally);
    hangForEver(*target, tally);
  }
  pullSkfEverywhere(options.full ? 1 : 9, random, tally);
  std::printf("%u passed, %u failed\n", tally.passed, tally.failed);
  return tally.failed == 0 ? 0 : 1;
}
