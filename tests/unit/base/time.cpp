// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"

#include <doctest/doctest.h>

using namespace sealferry;

TEST_CASE("RFC 3339 both ways") {
  CHECK(toRfc3339(0) == "1970-01-01T00:00:00Z");
  CHECK(fromRfc3339("2026-11-22T08:00:00Z") == 1795334400);
  CHECK(fromRfc3339("2026-11-22T16:00:00.123+08:00") == 1795334400);
  CHECK(toRfc3339(1795334400) == "2026-11-22T08:00:00Z");
  for (const auto* bad : {"", "2026-11-22", "2026-02-30T00:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T08:00:00",
                          "2026-11-22T08:00:00+8", "2026-11-22T08:00:00Zjunk", "+026-11-22T08:00:00Z"})
    CHECK_FALSE(fromRfc3339(bad).has_value());
}
