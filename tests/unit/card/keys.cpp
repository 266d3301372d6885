// SPDX-License-Identifier: Apache-2.0
#include "soft/key.h"
#include "talk.h"

using namespace sealferry;
using namespace sealferry::card;

namespace {

void logIn(Talk& talk) {
  talk.setPins();
  CHECK(talk("00200001"
             "10" +
             talk.pin) == "9000");
}

/// What a longer answer has after 61xx is fetched.
std::string whole(Talk& talk, std::string answer) {
  while (answer.size() >= 4 && answer.substr(answer.size() - 4, 2) == "61")
    answer = answer.substr(0, answer.size() - 4) + talk("00C0000000");
  return answer;
}

}  // namespace

TEST_CASE("an RSA key made on the card signs") {
  Talk talk;
  logIn(talk);
  CHECK(talk("00224100"
             "06"
             "8001F3"
             "840101") == "9000");
  const auto made = whole(talk, talk("0046420000"));
  CHECK(made.substr(0, 4) == "7f49");
  CHECK(made.substr(made.size() - 14) == "82030100019000");
  const auto signature = whole(talk, talk("002A9E9A"
                                          "03414243"
                                          "00"));
  CHECK(signature.size() == 2 * 256 + 4);
  CHECK(talk("00224100"
             "03"
             "840102") == "9000");
  CHECK(talk("002A9E9A"
             "03414243"
             "00") == "6a88");
}

TEST_CASE("nothing is signed without the PIN") {
  Talk talk;
  logIn(talk);
  CHECK(whole(talk, talk("0046420000")).substr(0, 4) == "7f49");
  talk.card.reset();
  CHECK(talk("002A9E9A"
             "03414243"
             "00") == "6982");
  CHECK(talk("0046420000") == "6982");
}

TEST_CASE("a key that is put is of the right kind or refused") {
  Talk talk;
  logIn(talk);
  for (const auto* wrong : {"7F4803920101", "E000", "7F48069201019301", "80", "E0038801FF",
                            "7F48069201039301"
                            "05"})
    CHECK_MESSAGE(
        talk("00DB3FFF" + toHex(Bytes{static_cast<std::uint8_t>(std::string(wrong).size() / 2)}) + wrong) == "6a80",
        wrong);
  CHECK(talk.card.state().keys.empty());
}
