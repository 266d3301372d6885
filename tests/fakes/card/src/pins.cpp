// SPDX-License-Identifier: Apache-2.0
#include "pins.h"

#include <algorithm>

namespace sealferry::card {
namespace {

constexpr std::size_t length = 16;
constexpr unsigned tries = 3;
constexpr std::uint8_t pukReference = 2, initially = 1;

/// PINs come padded with zeroes.
ByteView withoutPadding(ByteView value) {
  while (!value.empty() && value.back() == 0) value = value.first(value.size() - 1);
  return value;
}

Answer counted(const Reference& reference) {
  if (reference.triesLeft == 0) return refuse(status::blocked);
  return refuse(static_cast<std::uint16_t>(status::triesLeft + reference.triesLeft));
}

}  // namespace

bool Pins::permits(std::uint8_t access) const {
  constexpr std::uint8_t pinNeeded = 0x90, never = 0xFF;
  if (access == never) return false;
  return access != pinNeeded || loggedIn_ || state_.pin.value.empty();
}

/// The try is spent before the comparison: pulling the power in between gains nobody anything.
Answer Pins::compare(Reference& reference, ByteView value) {
  if (reference.value.empty()) return refuse(status::noReference);
  if (reference.triesLeft == 0) return refuse(status::blocked);
  ++reference.presented;
  --reference.triesLeft;
  if (!std::ranges::equal(withoutPadding(value), withoutPadding(reference.value))) {
    ++reference.wrong;
    return counted(reference);
  }
  reference.triesLeft = tries;
  return {};
}

/// VERIFY without data asks how things stand, and is no try.
Answer Pins::state() const { return loggedIn_ ? Answer{} : counted(state_.pin); }

Answer Pins::verify(const Command& command) {
  if (command.data.empty()) return state();
  const auto answer = compare(state_.pin, command.data);
  loggedIn_ = answer.status == status::good;
  return answer;
}

Answer Pins::setFirst(const Command& command) {
  auto& reference = command.p2 == pukReference ? state_.puk : state_.pin;
  if (!reference.value.empty()) return refuse(status::notPermitted);
  if (command.data.empty() || command.data.size() > length) return refuse(status::wrongLength);
  reference = Reference{.value = command.data, .triesLeft = tries};
  if (command.p2 != pukReference) loggedIn_ = true;
  return {};
}

Answer Pins::change(const Command& command) {
  if (command.p1 == initially) return setFirst(command);
  if (command.data.size() <= length || command.data.size() > 2 * length) return refuse(status::wrongLength);
  const ByteView data = command.data;
  const auto answer = compare(state_.pin, data.first(length));
  loggedIn_ = answer.status == status::good;
  if (loggedIn_) state_.pin.value = copyOf(data.subspan(length));
  return answer;
}

Answer Pins::unblock(const Command& command) {
  if (command.data.size() != 2 * length) return refuse(status::wrongLength);
  const ByteView data = command.data;
  const auto answer = compare(state_.puk, data.first(length));
  if (answer.status != status::good) return answer;
  state_.pin.value = copyOf(data.subspan(length));
  state_.pin.triesLeft = tries;
  return {};
}

}  // namespace sealferry::card
