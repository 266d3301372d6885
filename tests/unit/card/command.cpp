// SPDX-License-Identifier: Apache-2.0
#include "card/command.h"

#include <doctest/doctest.h>

using namespace sealferry;
using namespace sealferry::card;

namespace {

Command parsed(const std::string& hexadecimal) {
  const auto command = parseCommand(*fromHex(hexadecimal));
  REQUIRE_MESSAGE(command.has_value(), hexadecimal);
  return *command;
}

bool refused(const std::string& hexadecimal) { return !parseCommand(*fromHex(hexadecimal)).has_value(); }

}  // namespace

TEST_CASE("the seven shapes of a command (ISO/IEC 7816-3 §12.1.3)") {
  CHECK(parsed("00A40000").expected == 0);
  CHECK(parsed("00B0000010").expected == 16);
  CHECK(parsed("00B0000000").expected == 256);
  CHECK(toHex(parsed("00D60000021234").data) == "1234");
  CHECK(parsed("00A4000002123400").expected == 256);
  CHECK(parsed("00B00000000000").expected == 65'536);
  CHECK(parsed("00B00000000100").expected == 256);
  CHECK(toHex(parsed("00D600000000021234").data) == "1234");
  CHECK(parsed("00D6000000000212340010").expected == 16);
}

TEST_CASE("lengths that do not fit are refused") {
  for (const auto* wrong :
       {"", "00", "00A400", "00D600000212", "00D60000021234560000", "00B000000000", "00D60000000002123412",
        "00D600000000031234", "00D6000000000012", "00D60000000002123412345678"})
    CHECK_MESSAGE(refused(wrong), wrong);
}
