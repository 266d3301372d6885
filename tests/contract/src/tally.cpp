// SPDX-License-Identifier: Apache-2.0
#include "tally.h"

#include <cstdio>

namespace sealferry::contract {

void Tally::check(bool good, const std::string& what) {
  ++(good ? passed : failed);
  if (!good) std::printf("FAILED %s\n", what.c_str());
}

}  // namespace sealferry::contract
