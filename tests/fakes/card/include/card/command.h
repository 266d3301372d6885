// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "base/bytes.h"

namespace sealferry::card {

/// A command APDU (ISO/IEC 7816-3 §12.1), short or extended.
struct Command {
  std::uint8_t cla = 0, ins = 0, p1 = 0, p2 = 0;
  Bytes data;
  std::size_t expected = 0;  ///< Le: the most bytes of an answer, 0 for none
};

/// Nothing unless the lengths within are just those of the frame.
std::optional<Command> parseCommand(ByteView frame);

/// What a card answers: data, and SW1-SW2.
struct Answer {
  Bytes data{};
  std::uint16_t status = 0x9000;
};

/// Status words (ISO/IEC 7816-4 §5.6) that this card uses.
namespace status {
constexpr std::uint16_t good = 0x9000, triesLeft = 0x63C0, wrongLength = 0x6700, chainingUnsupported = 0x6884,
                        notPermitted = 0x6982, blocked = 0x6983, noReference = 0x6984, noCurrentFile = 0x6986,
                        wrongData = 0x6A80, noFile = 0x6A82, noMemory = 0x6A84, wrongParameters = 0x6A86,
                        noKey = 0x6A88, exists = 0x6A89, wrongOffset = 0x6B00, unknownCommand = 0x6D00,
                        unknownClass = 0x6E00, failure = 0x6F00;
}  // namespace status

inline Answer refuse(std::uint16_t status) { return {{}, status}; }

}  // namespace sealferry::card
