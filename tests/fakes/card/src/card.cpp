// SPDX-License-Identifier: Apache-2.0
#include "card/card.h"

#include <algorithm>
#include <utility>

#include "base/digest.h"
#include "card/tlv.h"
#include "files.h"
#include "key_pairs.h"

namespace sealferry::card {
namespace {

constexpr std::uint8_t chainingBit = 0x10;
constexpr std::size_t mostChained = 1U << 16, mostRandom = 256, shortAnswer = 256;

void appendStatus(Bytes& out, std::uint16_t status) {
  out.push_back(static_cast<std::uint8_t>(status >> 8));
  out.push_back(static_cast<std::uint8_t>(status & 0xFF));
}

}  // namespace

struct Card::Parts {
  State state;
  std::function<void(const State&)> keep;
  Pins pins{state};
  Files files{state, pins};
  KeyPairs keyPairs{state, pins};
  Bytes chained{}, pending{};

  Answer run(Command command);
  Answer dispatch(const Command& command);
  Answer kept(Answer answer);
  Answer rest(const Command& command);
  Answer shortened(Answer answer, std::size_t most);
};

/// Tries are counted even when the command fails; files and keys change only when it does not.
Answer Card::Parts::kept(Answer answer) {
  keep(state);
  return answer;
}

Answer Card::Parts::dispatch(const Command& command) {
  switch (command.ins) {
    case 0xA4:
      return files.select(command);
    case 0xB0:
      return files.read(command);
    case 0xD6:
      return kept(files.update(command));
    case 0x0E:
      return kept(files.erase(command));
    case 0xE0:
      return kept(files.create(command));
    case 0xE4:
      return kept(files.remove(command));
    case 0x20:
      return command.data.empty() ? pins.verify(command) : kept(pins.verify(command));
    case 0x24:
      return kept(pins.change(command));
    case 0x2C:
      return kept(pins.unblock(command));
    case 0x22:
      return keyPairs.setEnvironment(command);
    case 0x46:
      return kept(keyPairs.generate(command));
    case 0xDB:
      return kept(keyPairs.put(command));
    case 0x2A:
      return keyPairs.operate(command);
    case 0x84:
      return {randomBytes(std::min(command.expected, mostRandom))};
    case 0xCA:
      return refuse(status::noKey);  // there is no data object of this kind
    default:
      return refuse(status::unknownCommand);
  }
}

/// What did not fit into the answer before.
Answer Card::Parts::rest(const Command& command) {
  const auto most = static_cast<std::ptrdiff_t>(std::min(command.expected, pending.size()));
  Answer answer{Bytes(pending.begin(), pending.begin() + most)};
  pending.erase(pending.begin(), pending.begin() + most);
  if (!pending.empty()) answer.status = static_cast<std::uint16_t>(0x6100 | std::min<std::size_t>(pending.size(), 255));
  return answer;
}

Answer Card::Parts::shortened(Answer answer, std::size_t most) {
  pending.clear();
  if (answer.data.size() <= most) return answer;
  pending.assign(answer.data.begin() + static_cast<std::ptrdiff_t>(most), answer.data.end());
  answer.data.resize(most);
  answer.status = static_cast<std::uint16_t>(0x6100 | std::min<std::size_t>(pending.size(), 255));
  return answer;
}

Answer Card::Parts::run(Command command) {
  constexpr std::uint8_t getResponse = 0xC0;
  if ((command.cla & ~chainingBit) != 0) return refuse(status::unknownClass);
  if (command.ins == getResponse) return rest(command);
  if (chained.size() + command.data.size() > mostChained) {
    chained.clear();
    return refuse(status::wrongLength);
  }
  append(chained, command.data);
  if ((command.cla & chainingBit) != 0) return {};
  command.data = std::exchange(chained, {});
  return shortened(dispatch(command), std::max(command.expected, shortAnswer));
}

Card::Card(State state, std::function<void(const State&)> keep)
    : parts_(new Parts{.state = std::move(state), .keep = std::move(keep)}) {}

Card::~Card() = default;

void Card::reset() {
  parts_->pins.reset();
  parts_->files.reset();
  parts_->keyPairs.reset();
  parts_->chained.clear();
  parts_->pending.clear();
}

Bytes Card::answer(ByteView frame) {
  const auto command = parseCommand(frame);
  auto answer = command ? parts_->run(*command) : refuse(status::wrongLength);
  appendStatus(answer.data, answer.status);
  return std::move(answer.data);
}

const State& Card::state() const { return parts_->state; }

void Card::replaceState(State state) {
  parts_->state = std::move(state);
  reset();
}

void Card::limitMemory(std::uint64_t most) { parts_->files.limit = most; }

/// Direct convention, T=1, and a name in the historical bytes (ISO/IEC 7816-3 §8.2).
Bytes Card::answerToReset() {
  constexpr std::string_view name = "SEALKEY1";
  Bytes bytes{0x3B, static_cast<std::uint8_t>(0x80 | name.size()), 0x80, 0x01};
  append(bytes, viewOf(name));
  std::uint8_t check = 0;
  for (std::size_t i = 1; i < bytes.size(); ++i) check ^= bytes[i];
  bytes.push_back(check);
  return bytes;
}

}  // namespace sealferry::card
