// SPDX-License-Identifier: Apache-2.0
#include "date.h"

#include <doctest/doctest.h>

using namespace sealferry;

namespace {

std::optional<Time> read(const char* text) { return pdf::readDate(text); }

}  // namespace

TEST_CASE("dates as PDF writers write them") {
  const auto noon = fromRfc3339("2026-11-22T12:00:00Z");
  for (const auto* text : {"D:20261122120000Z", "D:20261122200000+08'00'", "D:20261122200000+08'00",
                           "D:20261122063000-0530", "20261122120000", "D:20261122120000"}) {
    CAPTURE(text);
    CHECK(read(text) == noon);
  }
  CHECK(read("D:2026") == fromRfc3339("2026-01-01T00:00:00Z"));
  CHECK(read("D:202611") == fromRfc3339("2026-11-01T00:00:00Z"));
}

TEST_CASE("what is no date") {
  for (const auto* text : {"", "D:", "D:20", "D:2026112", "D:20261322120000Z", "D:20261122120000+99'00'",
                           "D:20261122120000*", "yesterday", "D:-026", "D:20261122120000+08'7"}) {
    CAPTURE(text);
    CHECK_FALSE(read(text).has_value());
  }
}
