// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>

#include "card/command.h"
#include "card/state.h"

namespace sealferry::card {

/// A smart card that OpenSC takes for a "Javacard with IsoApplet" 0.6. It only computes: what it is given by whom, and
/// where it keeps its state, is for others.
class Card {
 public:
  /// `keep` is called whenever the state has changed, before the command is answered.
  Card(State state, std::function<void(const State&)> keep);
  ~Card();
  Card(const Card&) = delete;
  Card& operator=(const Card&) = delete;

  void reset();  ///< power off and on: nothing is selected, nobody is logged in
  /// Any frame at all has an answer of two bytes at least.
  Bytes answer(ByteView frame);

  const State& state() const;
  void replaceState(State state);        ///< as if another card had been put in its place
  void limitMemory(std::uint64_t most);  ///< bytes that all files together may take

  static Bytes answerToReset();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace sealferry::card
