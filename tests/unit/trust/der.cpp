// SPDX-License-Identifier: Apache-2.0
#include "trust/der.h"

#include <doctest/doctest.h>

using namespace sealferry;
namespace der = trust::der;

namespace {
Bytes hex(std::string_view text) { return fromHex(text).value(); }
}  // namespace

TEST_CASE("only definite, minimal DER is read") {
  CHECK(der::only(hex("0500")));
  CHECK_FALSE(der::only(hex("050000")));            // something follows
  CHECK_FALSE(der::only(hex("058100")));            // padded length
  CHECK_FALSE(der::only(hex("30800000")));          // indefinite
  CHECK_FALSE(der::only(hex("0402aa")));            // shorter than it says
  CHECK_FALSE(der::only(hex("30847fffffff0500")));  // 2 GiB that are not there
  CHECK_FALSE(der::only(hex("3088ffffffffffffffff")));
  CHECK_FALSE(der::only({}));
}

TEST_CASE("integers") {
  for (const std::int64_t value : {0L, 1L, 127L, 128L, 255L, 65'536L, -1L, -129L}) {
    const auto encoded = der::encodeInteger(value);
    CHECK(der::integer(*der::only(encoded)) == value);
  }
  CHECK_FALSE(der::integer(*der::only(hex("02020001"))));                // padded
  CHECK_FALSE(der::integer(*der::only(hex("0200"))));                    // empty
  CHECK_FALSE(der::integer(*der::only(hex("0209010000000000000000"))));  // too large
}

TEST_CASE("a value under a constructed tag is none") {
  CHECK_FALSE(der::integer(*der::only(hex("220101"))));
  CHECK_FALSE(der::objectIdentifier(*der::only(hex("26032a0304"))));
  CHECK_FALSE(der::octets(*der::only(hex("240101"))));
  CHECK_FALSE(der::bits(*der::only(hex("23020001"))));
  CHECK_FALSE(der::text(*der::only(hex("2c0161"))));
  CHECK_FALSE(der::time(*der::only(hex("370d3236313132323038303030305a"))));
}

TEST_CASE("object identifiers both ways, also those beyond 64 bits") {
  for (const auto* oid : {"1.2.156.10197.1.501", "2.25.311528060359796806190005305682053692929"})
    CHECK(der::objectIdentifier(*der::only(der::encodeObjectIdentifier(oid))) == oid);
  CHECK(der::encodeObjectIdentifier("no").empty());
}

TEST_CASE("times") {
  const auto read = [](std::string_view text, int tag) {
    const auto encoded = der::encodeText(tag, text);
    return der::time(*der::only(encoded));
  };
  const auto canonical = read("20261122080000Z", der::tag::generalizedTime);
  REQUIRE(canonical);
  CHECK(canonical->time == 1'795'334'400);
  CHECK(canonical->canonical);
  CHECK(read("261122080000Z", der::tag::utcTime)->time == 1'795'334'400);
  const auto offset = read("20261122160000+0800", der::tag::generalizedTime);
  REQUIRE(offset);
  CHECK(offset->time == 1'795'334'400);
  CHECK_FALSE(offset->canonical);
  CHECK_FALSE(read("20261322080000Z", der::tag::generalizedTime));
  CHECK_FALSE(read("2026-11-22 08:00", der::tag::generalizedTime));
  CHECK(der::time(*der::only(der::encodeUtcTime(1'795'334'400)))->time == 1'795'334'400);
  CHECK(der::time(*der::only(der::encodeGeneralizedTime(4'000'000'000)))->time == 4'000'000'000);
}

TEST_CASE("texts are what their tag says") {
  CHECK(der::text(*der::only(der::encodeText(der::tag::utf8String, "测试公司"))) == "测试公司");
  CHECK_FALSE(der::text(*der::only(hex("0c02c328"))));    // not UTF-8
  CHECK_FALSE(der::text(*der::only(hex("0c03eda080"))));  // a surrogate
  CHECK_FALSE(der::text(*der::only(hex("1601e6"))));      // not ASCII
}

TEST_CASE("a set is written in order") {
  const auto set = der::setOf({der::encodeInteger(2), der::encodeInteger(1), der::encodeNull()});
  CHECK(toHex(set) == "31080201010201020500");
}
