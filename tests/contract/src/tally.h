// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "cases.h"

namespace sealferry::contract {

/// What held and what did not; each failure is a line of its own.
struct Tally {
  unsigned passed = 0, failed = 0;
  void check(bool good, const std::string& what);
};

}  // namespace sealferry::contract
