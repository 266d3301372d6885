// SPDX-License-Identifier: Apache-2.0
#include "common_pin.h"

namespace sealferry::operation {
namespace {

/// Every character is `step` after the one before it; nine is followed by nought, as on a keyboard.
bool isRun(ByteView pin, int step) {
  for (std::size_t i = 1; i < pin.size(); ++i) {
    const int from = pin[i - 1], to = pin[i];
    const bool wraps = (step == 1 && from == '9' && to == '0') || (step == -1 && from == '0' && to == '9');
    if (to != from + step && !wraps) return false;
  }
  return true;
}

bool repeats(ByteView pin, std::size_t piece) {
  if (pin.size() < 2 * piece || pin.size() % piece != 0) return false;
  for (std::size_t i = piece; i < pin.size(); ++i)
    if (pin[i] != pin[i - piece]) return false;
  return true;
}

}  // namespace

bool isCommonPin(const Secret& pin) {
  const auto view = pin.view();
  if (view.empty()) return false;
  return isRun(view, 0) || isRun(view, 1) || isRun(view, -1) || repeats(view, 2) || repeats(view, 3);
}

}  // namespace sealferry::operation
