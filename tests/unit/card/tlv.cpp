// SPDX-License-Identifier: Apache-2.0
#include "card/tlv.h"

#include <doctest/doctest.h>

using namespace sealferry;
using namespace sealferry::card;

TEST_CASE("data objects are taken apart and put together") {
  Bytes all;
  appendTlv(all, 0x80, Bytes{1});
  appendTlv(all, 0x7F49, Bytes(200, 2));
  appendTlv(all, 0x81, Bytes(300, 3));
  const auto parsed = parseTlvs(all);
  REQUIRE(parsed.has_value());
  REQUIRE(parsed->size() == 3);
  CHECK(valueOf(*parsed, 0x80)->size() == 1);
  CHECK(valueOf(*parsed, 0x7F49)->size() == 200);
  CHECK(valueOf(*parsed, 0x81)->size() == 300);
  CHECK(!valueOf(*parsed, 0x82).has_value());
}

TEST_CASE("nothing is read beyond the end") {
  for (const auto* wrong : {"80", "8002", "800201", "7F", "7FC901", "8081", "8082", "808201", "80830100000", "80800000",
                            "8084FFFFFFFF", "80FF"})
    if (const auto bytes = fromHex(wrong)) CHECK_MESSAGE(!parseTlvs(*bytes).has_value(), wrong);
  CHECK(parseTlvs({})->empty());
}
