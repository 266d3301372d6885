// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>

#include "card/command.h"
#include "card/state.h"
#include "pins.h"
#include "secret_key.h"

namespace sealferry::card {

/// What is done with private keys (ISO/IEC 7816-8): made, put, used for signing and deciphering.
class KeyPairs {
 public:
  KeyPairs(State& state, const Pins& pins) : state_(state), pins_(pins) {}
  void reset() { environment_.clear(); }

  Answer setEnvironment(const Command& command);
  Answer generate(const Command& command);
  Answer put(const Command& command);
  Answer operate(const Command& command);

 private:
  Answer keep(const std::optional<SecretKey>& key);
  Answer generateRsa();
  Answer generateEc(ByteView parameters);
  std::uint8_t reference() const;
  bool mayMake() const { return pins_.permits(0x90); }

  State& state_;
  const Pins& pins_;
  std::map<unsigned, std::uint8_t> environment_;  ///< 80 the algorithm, 84 the key
};

}  // namespace sealferry::card
