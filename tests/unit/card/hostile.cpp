// SPDX-License-Identifier: Apache-2.0
#include <random>

#include "talk.h"

using namespace sealferry;
using namespace sealferry::card;

namespace {

Bytes noise(std::mt19937& random, std::size_t most) {
  Bytes bytes(random() % most);
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
  return bytes;
}

/// A command that is nearly right: its head is one that the card knows.
Bytes nearlyRight(std::mt19937& random) {
  constexpr std::uint8_t known[] = {0xA4, 0xB0, 0xD6, 0x0E, 0xE0, 0xE4, 0x20, 0x24, 0x2C, 0x22, 0xDB, 0x2A, 0xC0, 0x84};
  Bytes frame{0x00, known[random() % std::size(known)], static_cast<std::uint8_t>(random() % 16),
              static_cast<std::uint8_t>(random())};
  const auto data = noise(random, 40);
  if (!data.empty()) frame.push_back(static_cast<std::uint8_t>(data.size()));
  append(frame, data);
  return frame;
}

}  // namespace

TEST_CASE("any bytes at all have an answer") {
  std::mt19937 random(7);
  Talk talk;
  for (int i = 0; i < 20'000; ++i) {
    const auto answer = talk.card.answer(i % 2 == 0 ? noise(random, 64) : nearlyRight(random));
    REQUIRE(answer.size() >= 2);
    REQUIRE(answer.size() <= 65'538);
  }
  CHECK(talk.card.state().files.size() <= 1024);
  CHECK(talk.card.state().files.contains(Path{}));
}

TEST_CASE("any bytes at all are a card's memory or refused") {
  std::mt19937 random(8);
  for (int i = 0; i < 5'000; ++i) (void)decode(noise(random, 200));
  auto image = encode(State{});
  for (std::size_t at = 0; at < image.size(); ++at)
    for (unsigned value = 0; value < 256; ++value) {
      auto changed = image;
      changed[at] = static_cast<std::uint8_t>(value);
      if (const auto state = decode(changed)) CHECK(state->files.contains(Path{}));
    }
}
