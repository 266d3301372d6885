// SPDX-License-Identifier: Apache-2.0
// contract-pin: no path of token/ spends a try of the PIN that the user did not type. The virtual USB-KEY counts what
// it is shown; the truth is its own counter, not what a driver says.
#include <cstdio>

#include "paths.h"

namespace {

using namespace sealferry::contract;

int run() {
  Tally tally;
  for (const auto way : {Way::direct, Way::worker})
    for (const auto& path : pinPaths()) runPath(path, way, tally);
  std::printf("%u passed, %u failed\n", tally.passed, tally.failed);
  return tally.failed == 0 ? 0 : 1;
}

}  // namespace

int main() {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  return run();
}
