// SPDX-License-Identifier: Apache-2.0
// The fixed fields of PKCS#11 as drivers fill them.
#include "text.h"

#include <doctest/doctest.h>

#include <string_view>

using sealferry::token::pkcs11::trimmed;

namespace {

std::string read(std::string_view field) {
  return trimmed(reinterpret_cast<const unsigned char*>(field.data()), field.size());
}

}  // namespace

TEST_CASE("blanks or zeroes fill a field up; blanks before and control characters go") {
  CHECK(read("测试锁    ") == "测试锁");
  CHECK(read(std::string_view("KEY\0rubbish", 11)) == "KEY");
  CHECK(read("  12 34  ") == "12 34");
  CHECK(read("A\x01\x1b[B\x7f") == "A[B");
  CHECK(read("        ").empty());
  CHECK(read("").empty());
}

TEST_CASE("a character that was cut at the end of the field is left out") {
  CHECK(read("测试\xe9\x94") == "测试");
  CHECK(read("测试\xe9") == "测试");
}

TEST_CASE("GBK is read as that") {
  CHECK(read("\xb2\xe2\xca\xd4\xcb\xf8      ") == "测试锁");
  CHECK(read("\xcb\xf8") == "锁");
  CHECK(read("CA \xca\xd4\xcb\xf8 2") == "CA 试锁 2");
  CHECK(read("\x81\x40 \x8a\x7e") == "丂 妦");  // the second byte may be one of ASCII
}

TEST_CASE("what is neither loses what is not well-formed") {
  CHECK(read("KEY \xff\xff 1") == "KEY  1");
  CHECK(read("\xc0\xaf\xff") == "");
}
