// SPDX-License-Identifier: Apache-2.0
#include "talk.h"

using namespace sealferry;
using namespace sealferry::card;

TEST_CASE("three wrong PINs lock it, the PUK unlocks it") {
  Talk talk;
  talk.setPins();
  const auto verify =
      "00200001"
      "10";
  CHECK(talk(verify + talk.wrong) == "63c2");
  CHECK(talk(verify + talk.wrong) == "63c1");
  CHECK(talk(verify + talk.wrong) == "6983");
  CHECK(talk(verify + talk.pin) == "6983");
  CHECK(talk.card.state().pin.presented == 3);
  CHECK(talk.card.state().pin.wrong == 3);
  CHECK(talk("002C0001"
             "20" +
             talk.wrong + talk.other) == "63c2");
  CHECK(talk("002C0001"
             "20" +
             talk.puk + talk.other) == "9000");
  CHECK(talk(verify + talk.other) == "9000");
}

TEST_CASE("the right PIN gives all tries back") {
  Talk talk;
  talk.setPins();
  CHECK(talk("00200001"
             "10" +
             talk.wrong) == "63c2");
  CHECK(talk("00200001"
             "10" +
             talk.pin) == "9000");
  CHECK(talk("00200001"
             "10" +
             talk.wrong) == "63c2");
}

TEST_CASE("asking how things stand is no try") {
  Talk talk;
  talk.setPins();
  for (int i = 0; i < 5; ++i) CHECK(talk("00200001") == "63c3");
  CHECK(talk.card.state().pin.presented == 0);
  CHECK(talk("00200001"
             "10" +
             talk.pin) == "9000");
  CHECK(talk("00200001") == "9000");
  talk.card.reset();
  CHECK(talk("00200001") == "63c3");
}

TEST_CASE("a change shows the old PIN, and counts") {
  Talk talk;
  talk.setPins();
  CHECK(talk("00240001"
             "20" +
             talk.wrong + talk.other) == "63c2");
  CHECK(talk("00240001"
             "20" +
             talk.pin + talk.other) == "9000");
  CHECK(talk("00200001"
             "10" +
             talk.pin) == "63c2");
  CHECK(talk("00200001"
             "10" +
             talk.other) == "9000");
  CHECK(talk("00240001"
             "10" +
             talk.other) == "6700");
}

TEST_CASE("a PIN that is set cannot be set for the first time again") {
  Talk talk;
  talk.setPins();
  CHECK(talk("00240101"
             "10" +
             talk.other) == "6982");
  CHECK(talk("00240102"
             "10" +
             talk.other) == "6982");
}

TEST_CASE("every try is kept before it is answered") {
  Talk talk;
  talk.setPins();
  const auto before = talk.kept;
  talk(
      "00200001"
      "10" +
      talk.wrong);
  CHECK(talk.kept == before + 1);
}
