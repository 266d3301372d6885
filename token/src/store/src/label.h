// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sealferry::token::store {

/// Counts upwards over everything of ours on one key; nine digits keep a label within SKF's 31 bytes.
using Sequence = std::uint32_t;
constexpr Sequence lastSequence = 999'999'999;
/// What the journal says of a seal in a vendor's file, where objects of ours have a sequence from 1 on.
constexpr Sequence onShelf = 0;

/// `ses.<8 hex of SHA-256(name)>.<sequence>.<part>`, or `ses.journal.<sequence>.0`. Part 0 is the manifest, the content
/// is in parts 1 to n. The digest only helps a person to see what belongs together: sequences are unique by themselves.
struct Label {
  bool journal = false;
  std::string digest;
  Sequence sequence = 0;
  unsigned part = 0;
};

constexpr unsigned mostParts = 4096;

std::string blobLabel(std::string_view name, Sequence sequence, unsigned part);
std::string journalLabel(Sequence sequence);
/// Nothing for a label that is not ours.
std::optional<Label> parseLabel(std::string_view text);

}  // namespace sealferry::token::store
