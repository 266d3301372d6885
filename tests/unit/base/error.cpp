// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include <doctest/doctest.h>

#include <set>
#include <span>

using namespace sealferry;

TEST_CASE("the error table is whole: numbers and names are unique and every text is there") {
  std::set<int> numbers;
  std::set<std::string_view> names;
  for (const auto& row : errorTable()) {
    CHECK(numbers.insert(static_cast<int>(row.code)).second);
    CHECK(names.insert(row.name).second);
    CHECK_FALSE(row.chinese.what.empty());
    CHECK_FALSE(row.chinese.advice.empty());
    CHECK_FALSE(row.english.what.empty());
    CHECK_FALSE(row.english.advice.empty());
    CHECK(errorByName(row.name) == row.code);
  }
  CHECK(errorRow(static_cast<ErrorCode>(1)).name == "internal");
  CHECK_FALSE(errorByName("no such name").has_value());
}
