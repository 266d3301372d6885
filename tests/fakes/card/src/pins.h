// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "card/command.h"
#include "card/state.h"

namespace sealferry::card {

/// The user's PIN and the PUK that unblocks it (ISO/IEC 7816-4 §11.5). A right one resets its count.
class Pins {
 public:
  explicit Pins(State& state) : state_(state) {}
  void reset() { loggedIn_ = false; }

  Answer verify(const Command& command);
  Answer change(const Command& command);
  Answer unblock(const Command& command);

  bool loggedIn() const { return loggedIn_; }
  /// As one of the bytes of tag 86 demands: 90 the PIN (once there is one), FF never.
  bool permits(std::uint8_t access) const;

 private:
  Answer state() const;
  Answer compare(Reference& reference, ByteView value);
  Answer setFirst(const Command& command);

  State& state_;
  bool loggedIn_ = false;
};

}  // namespace sealferry::card
