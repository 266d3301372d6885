// SPDX-License-Identifier: Apache-2.0
#include "talk.h"

using namespace sealferry;
using namespace sealferry::card;

TEST_CASE("it is an IsoApplet of version 0.6") {
  Talk talk;
  CHECK(talk("00A404000CF276A288BCFBA69D34F31001") == "0006079000");
  CHECK(talk("00A404000CF276A288BCFBA69D34F31002") == "6a82");
}

TEST_CASE("what it does not know it says so") {
  Talk talk;
  CHECK(talk("00FF0000") == "6d00");
  CHECK(talk("80A40000") == "6e00");
  CHECK(talk("00A4") == "6700");
  CHECK(talk("00CA0000") == "6a88");
}

TEST_CASE("chained commands are one command") {
  Talk talk;
  CHECK(talk("10A40400"
             "06F276A288BCFB") == "9000");
  CHECK(talk("00A40400"
             "06A69D34F31001") == "0006079000");
  CHECK(talk("10A40400"
             "06F276A288BCFB") == "9000");
  talk.card.reset();
  CHECK(talk("00A40400"
             "06A69D34F31001") == "6a82");
}

TEST_CASE("a chain without an end is cut off") {
  Talk talk;
  std::string last;
  for (int i = 0; i < 300 && last != "6700"; ++i) last = talk("10D60000FF" + toHex(Bytes(255, 1)));
  CHECK(last == "6700");
}

TEST_CASE("the answer to reset adds up (ISO/IEC 7816-3 §8.2.5)") {
  const auto bytes = Card::answerToReset();
  std::uint8_t sum = 0;
  for (std::size_t i = 1; i < bytes.size(); ++i) sum ^= bytes[i];
  CHECK(sum == 0);
}

TEST_CASE("random bytes, as many as asked for") {
  Talk talk;
  const auto one = talk("0084000010"), two = talk("0084000010");
  CHECK(one.size() == 36);
  CHECK(one != two);
}
