// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

namespace sealferry::contract {

/// What a sweep counts; failures are printed at once.
struct Tally {
  unsigned passed = 0, failed = 0;
  void check(bool good, const std::string& what);
};

}  // namespace sealferry::contract
