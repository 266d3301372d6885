// SPDX-License-Identifier: Apache-2.0
#include "tries.h"

namespace sealferry::token::skf {

void Tries::note(const Result<void>& tried, std::uint64_t left) {
  left_.reset();
  if (tried) return;
  if (tried.error().code == ErrorCode::pin_locked) left_ = 0;
  if (tried.error().code == ErrorCode::pin_incorrect && left > 0 && isPlausible(left)) left_ = static_cast<int>(left);
}

PinState Tries::state() const {
  PinState pin;
  pin.triesLeft = left_;
  pin.countLow = left_.has_value();
  pin.lastTry = left_ == 1;
  pin.locked = left_ == 0;
  return pin;
}

}  // namespace sealferry::token::skf
