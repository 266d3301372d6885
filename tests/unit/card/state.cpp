// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "talk.h"

using namespace sealferry;
using namespace sealferry::card;

TEST_CASE("what a card keeps comes back as it was") {
  Talk talk;
  talk.setPins();
  talk(
      "00200001"
      "10" +
      talk.wrong);
  talk(
      "00E00000"
      "0D"
      "620B"
      "80020010"
      "820101"
      "83021234");
  const auto& before = talk.card.state();
  const auto after = decode(encode(before));
  REQUIRE(after.has_value());
  CHECK(encode(*after) == encode(before));
  CHECK(after->pin.triesLeft == 2);
  CHECK(after->files.size() == 2);
}

TEST_CASE("a file is replaced as a whole") {
  const auto file = std::filesystem::temp_directory_path() / ("sealferry-card-" + std::to_string(getpid()));
  CHECK(!loadState(file).has_value());
  CHECK(saveState(State{}, file));
  CHECK(loadState(file).has_value());
  std::ofstream(file, std::ios::app) << "more";
  CHECK(!loadState(file).has_value());
  std::filesystem::remove(file);
  CHECK(!saveState(State{}, "/no/such/folder/card"));
}
