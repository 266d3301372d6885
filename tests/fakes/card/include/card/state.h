// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <vector>

#include "base/bytes.h"

namespace sealferry::card {

/// File identifiers from below the master file on; empty for the master file itself.
using Path = std::vector<std::uint16_t>;

struct File {
  bool folder = false;
  Bytes name{};    ///< of an application, for SELECT by name
  Bytes access{};  ///< the eight bytes of tag 86, as they came
  Bytes content{};
};

/// A secret that is compared and counts its wrong tries.
struct Reference {
  Bytes value{};  ///< padded with zeroes, as it came; empty until it is set
  unsigned triesLeft = 3;
  std::uint64_t presented = 0, wrong = 0;  ///< how often in this card's life: what the PIN suite goes by
};

/// All that a card keeps when it has no power.
struct State {
  std::map<Path, File> files{{Path{}, File{.folder = true}}};
  Reference pin, puk;
  std::map<std::uint8_t, Bytes> keys;  ///< private keys by reference, PKCS#8

  std::uint64_t bytesInFiles() const;
};

Bytes encode(const State& state);
std::optional<State> decode(ByteView image);

/// Nothing if there is no such file or it is no card's.
std::optional<State> loadState(const std::filesystem::path& file);
/// Replaces the file as a whole, so that a process that is killed leaves the old or the new one.
bool saveState(const State& state, const std::filesystem::path& file);

}  // namespace sealferry::card
