// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "base/result.h"
#include "token/types.h"

namespace sealferry::token::skf {

/// The tries a PIN has left, as the calls that try it hand them out (GM/T 0016-2012 §7.2.4, §7.2.6, §7.2.7). Known only
/// of a PIN that was wrong, and only as long as no other answer comes.
class Tries {
 public:
  /// What the count holds before the call: some libraries leave it as it is.
  static constexpr std::uint64_t untold = ~std::uint64_t{0};

  static bool isPlausible(std::uint64_t left) { return left <= most; }
  /// Zero is believed of what the library calls locked, and of nothing else: some write zero whatever happens.
  void note(const Result<void>& tried, std::uint64_t left);
  PinState state() const;

 private:
  static constexpr std::uint64_t most = 1000;
  std::optional<int> left_;
};

}  // namespace sealferry::token::skf
