// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "card/command.h"
#include "card/state.h"
#include "pins.h"

namespace sealferry::card {

/// The files of the card, and which of them is selected (ISO/IEC 7816-4 §7.2, §11.2, §11.3).
class Files {
 public:
  Files(State& state, const Pins& pins) : state_(state), pins_(pins) {}
  void reset();

  Answer select(const Command& command);
  Answer create(const Command& command);
  Answer remove(const Command& command);
  Answer read(const Command& command);
  Answer update(const Command& command);
  Answer erase(const Command& command);

  std::uint64_t limit = UINT64_MAX;  ///< the most bytes that all files together may take

 private:
  Answer selectName(ByteView name, bool describe);
  std::optional<Path> find(const Command& command) const;
  std::optional<Path> near(std::uint16_t id) const;
  Answer enter(const Path& path, bool describe);
  Answer description(const Path& path) const;
  Answer add(ByteView parameters);
  File* current();
  bool permits(const File& file, std::size_t which) const;

  State& state_;
  const Pins& pins_;
  Path folder_{};
  std::optional<Path> file_{};
};

}  // namespace sealferry::card
