// SPDX-License-Identifier: Apache-2.0
#include "card/control.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <fstream>

using namespace sealferry::card;
using Moment = Wishes::Moment;

TEST_CASE("wishes are read, and nonsense is none") {
  const auto all = parseWishes("limit 40000\ndelay 5\nunplug after 3 D6\n");
  CHECK(all.limit == 40'000);
  CHECK(all.delay == std::chrono::milliseconds(5));
  CHECK(all.unplug == Moment::after);
  CHECK(all.at == 3);
  CHECK(all.ins == std::uint8_t{0xD6});
  for (const auto* text :
       {"", "limit", "limit x", "unplug", "unplug now 3", "unplug before x", "delay -1", "\n\n", "nothing 1"})
    CHECK_MESSAGE(parseWishes(text) == Wishes{}, text);
}

TEST_CASE("commands are counted from when the file changed") {
  const auto file = std::filesystem::temp_directory_path() / ("sealferry-control-" + std::to_string(getpid()));
  const auto write = [&](const char* text) { std::ofstream(file, std::ios::trunc) << text; };
  Control control(file);
  CHECK(control.enter(0xA4) == Moment::never);
  write("unplug before 2");
  CHECK(control.enter(0xA4) == Moment::never);
  CHECK(control.enter(0xA4) == Moment::before);
  CHECK(control.enter(0xA4) == Moment::never);
  write("unplug after 2 d6");
  CHECK(control.enter(0xD6) == Moment::never);
  CHECK(control.enter(0xA4) == Moment::never);
  CHECK(control.enter(0xD6) == Moment::after);
  std::filesystem::remove(file);
  CHECK(control.enter(0xD6) == Moment::never);
}
