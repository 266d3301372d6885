// SPDX-License-Identifier: Apache-2.0
#include "text.h"

#include <doctest/doctest.h>

#include "skf/setting.h"

using namespace sealferry;
using namespace sealferry::token;

TEST_CASE("texts of libraries in either encoding") {
  CHECK(skf::cleaned("  某锁 \x01", SkfEncoding::utf8) == "某锁");
  CHECK(skf::cleaned("\xC4\xB3\xCB\xF8", SkfEncoding::gbk) == "某锁");
  CHECK(skf::cleaned("\xC4\xB3\xCB", SkfEncoding::gbk) == "某");        // cut in the middle of a character
  CHECK(skf::cleaned("a\xC4\xB3z", SkfEncoding::utf8).find('a') == 0);  // not UTF-8 at all
  CHECK(skf::cleaned("a\nb\x7F", SkfEncoding::utf8) == "ab");
  CHECK(skf::cleaned("", SkfEncoding::gbk).empty());
}

TEST_CASE("options of a vendor's library") {
  const std::vector<std::string> good{"ulong=64",     "bool=64",          "packing=natural",
                                      "encoding=gbk", "deviceEvents=off", "application=某应用"};
  const auto setting = skfSetting(good);
  REQUIRE(setting);
  CHECK(setting->ulongBits == 64);
  CHECK(setting->boolBits == 64);
  CHECK_FALSE(setting->packed);
  CHECK_FALSE(setting->events);
  CHECK(setting->encoding == SkfEncoding::gbk);
  CHECK(setting->application == "某应用");
  for (const std::string bad : {"ulong=16", "ulong", "packing=2", "encoding=latin1", "other=1", "application="})
    CHECK_FALSE(skfSetting(std::vector{bad}));
}

TEST_CASE("names go there and back, and what is no text stays as it is") {
  for (const auto encoding : {SkfEncoding::utf8, SkfEncoding::gbk})
    for (const std::string native : {"plain", "\xC4\xB3\xCB\xF8", "\xC4\xB3\xCB", "a\x01", "\xFF\xFE", ""})
      CHECK(skf::nativeName(skf::nameOf(native, encoding), encoding) == native);
  CHECK(skf::nameOf("\xC4\xB3\xCB\xF8", SkfEncoding::gbk) == "某锁");
  CHECK(skf::nameOf("\xC4\xB3\xCB\xF8", SkfEncoding::utf8) == "\xC4\xB3\xCB\xF8");
  CHECK(skf::nativeName("某锁", SkfEncoding::gbk) == "\xC4\xB3\xCB\xF8");
}
