// SPDX-License-Identifier: Apache-2.0
// contract-faults [--full] [--seed N]: a driver, of PKCS#11 and of SKF, that crashes, ends the process, hangs, prints,
// lies about lengths, starts threads, forks or fails, at each call in turn, the first chosen by the seed, many times in
// a row: a typed error within the deadline, the key works again at once and what was begun is finished, and neither a
// process nor a descriptor is left behind.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "faults.h"

int main(int count, char** arguments) {
  using namespace sealferry::contract;
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  unsigned rounds = 10, seed = std::random_device()();
  for (int i = 1; i < count; ++i) {
    if (std::strcmp(arguments[i], "--full") == 0) rounds = 100;
    if (std::strcmp(arguments[i], "--seed") == 0 && i + 1 < count)
      seed = static_cast<unsigned>(std::strtoul(arguments[i + 1], nullptr, 10));
  }
  isolateLocks();
  std::printf("faults: seed %u, %u rounds each\n", seed, rounds);
  Tally tally;
  std::mt19937 random(seed);
  for (const auto& make : {faultyPkcs11, faultySkf}) {
    const auto key = make();
    for (const auto& fault : key->faults()) misbehaveOver(*key, fault, rounds, random, tally);
  }
  std::printf("%u passed, %u failed\n", tally.passed, tally.failed);
  return tally.failed == 0 ? 0 : 1;
}
