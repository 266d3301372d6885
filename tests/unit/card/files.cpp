// SPDX-License-Identifier: Apache-2.0
#include "talk.h"

using namespace sealferry;
using namespace sealferry::card;

namespace {

/// CREATE FILE for an elementary file: id, size, and the eight bytes of access.
std::string create(const std::string& id, const std::string& size, const std::string& access) {
  return "00E00000"
         "17"
         "6215"
         "8002" +
         size +
         "820101"
         "8302" +
         id + "8608" + access;
}

constexpr const char* open = "FF00000000000000";
constexpr const char* withPin = "FF90000000009000";     // delete and update
constexpr const char* unreadable = "FF0000000000FFFF";  // update and read never

}  // namespace

TEST_CASE("a file is made, written, read, and removed") {
  Talk talk;
  CHECK(talk(create("1234", "0010", open)) == "9000");
  CHECK(talk(create("1234", "0010", open)) == "6a89");
  CHECK(talk("00D60004"
             "02AABB") == "9000");
  CHECK(talk("00B0000300") ==
        "00aabb"
        "00000000000000000000"
        "9000");
  CHECK(talk("00B0001000") == "9000");
  CHECK(talk("00B0001100") == "6b00");
  CHECK(talk("00D6000F"
             "02AABB") == "6a84");
  CHECK(talk("000E0005") == "9000");
  CHECK(talk("00B0000402") == "aa009000");
  CHECK(talk("00A40000"
             "021234") == "6f1880020010820101830212348608ff000000000000008a01059000");
  CHECK(talk("00E40000"
             "021234") == "9000");
  CHECK(talk("00A40000"
             "021234") == "6a82");
  CHECK(talk.card.state().bytesInFiles() == 0);
}

TEST_CASE("files are found by path, by name, and nearby") {
  Talk talk;
  CHECK(talk("00E00000"
             "10"
             "620E"
             "820138"
             "83025015"
             "8405A000000063") == "9000");
  CHECK(talk(create("4401", "0004", open)) == "9000");
  CHECK(talk("00A4040C"
             "05A000000063") == "9000");
  CHECK(talk("00A4020C"
             "024401") == "6a86");
  CHECK(talk("00A4080C"
             "0450154401") == "9000");
  CHECK(talk("00A4080C"
             "024401") == "6a82");
  CHECK(talk("00A4000C"
             "023F00") == "9000");
  CHECK(talk("00A4090C"
             "0450154401") == "9000");
  CHECK(talk("00A4000C"
             "024401") == "9000");
  CHECK(talk("00A4080C"
             "03501544") == "6a82");
}

TEST_CASE("a folder goes with all that is in it") {
  Talk talk;
  CHECK(talk("00E00000"
             "09"
             "6207"
             "820138"
             "83025015") == "9000");
  CHECK(talk(create("4401", "0100", open)) == "9000");
  CHECK(talk("00A4000C"
             "023F00") == "9000");
  CHECK(talk("00E40000"
             "025015") == "9000");
  CHECK(talk.card.state().files.size() == 1);
  CHECK(talk("00E40000") == "6a82");  // the master file stays
}

TEST_CASE("access bytes are kept to") {
  Talk talk;
  talk.setPins();
  CHECK(talk(create("0001", "0004", withPin)) == "9000");
  CHECK(talk("00B0000004") == "000000009000");
  CHECK(talk("00D60000"
             "0101") == "6982");
  CHECK(talk("00E40000"
             "020001") == "6982");
  CHECK(talk("00200001"
             "10" +
             talk.pin) == "9000");
  CHECK(talk("00D60000"
             "0101") == "9000");
  CHECK(talk("00E40000"
             "020001") == "9000");
  CHECK(talk(create("0002", "0004", unreadable)) == "9000");
  CHECK(talk("00B0000004") == "6982");
  CHECK(talk("00D60000"
             "0101") == "6982");
}

TEST_CASE("its memory has an end") {
  Talk talk;
  talk.card.limitMemory(100);
  CHECK(talk(create("0001", "0040", open)) == "9000");
  CHECK(talk(create("0002", "0040", open)) == "6a84");
  CHECK(talk("00E40000"
             "020001") == "9000");
  CHECK(talk(create("0002", "0040", open)) == "9000");
}
