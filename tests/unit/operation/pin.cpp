// SPDX-License-Identifier: Apache-2.0
#include "pin.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>

#include "common_pin.h"
#include "operation/orders_done.h"
#include "support/files.h"

using namespace sealferry;
using namespace sealferry::operation;

namespace {

std::string contentOf(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

bool common(std::string_view text) { return isCommonPin(Secret(viewOf(text))); }

}  // namespace

TEST_CASE("wrong PINs are counted over processes, by key, and forgotten after a right one") {
  const test::TemporaryFolder folder;
  const auto file = folder / "state" / "pin-failures";
  PinCount one(file), other(file);
  one.add("S1");
  other.add("S1");
  one.add("S2");
  CHECK(one.of("S1") == 2);
  CHECK(PinCount(file).of("S1") == 2);
  CHECK(other.of("S2") == 1);
  other.forget("S1");
  CHECK(PinCount(file).of("S1") == 0);
  CHECK(PinCount(file).of("S2") == 1);
}

TEST_CASE("a key that was low before our first try counts as one with two") {
  const test::TemporaryFolder folder;
  PinCount count(folder / "f");
  count.add("S1", 2);
  CHECK(count.of("S1") == 2);
  count.add("S1", 2);
  CHECK(count.of("S1") == 3);
}

TEST_CASE("the file is the user's alone and holds neither serial nor PIN") {
  const test::TemporaryFolder folder;
  const auto file = folder / "state" / "pin-failures";
  PinCount(file).add("SERIAL4711");
  struct stat facts {};
  REQUIRE(stat(file.c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0600);
  REQUIRE(stat(file.parent_path().c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0700);
  const auto content = contentOf(file);
  CHECK(content.size() == 64 + 3);
  CHECK(content.find("4711") == std::string::npos);
}

TEST_CASE("a file that cannot be used warns no later within one process, and a hostile one only earlier") {
  PinCount count("/dev/null/no/such");
  count.add("S1");
  count.add("S1");
  CHECK(count.of("S1") == 2);
  const test::TemporaryFolder folder;
  std::ofstream(folder / "f") << "garbage 1 2 3\n" << std::string(64, 'a') << " 99999999999999\n";
  CHECK(PinCount(folder / "f").of("S1") == 0);
}

TEST_CASE("our own count may warn earlier, never override what the key tells") {
  token::PinState silent;
  CHECK_FALSE(pinPlace(silent, 0).low);
  CHECK(pinPlace(silent, 1).low);
  CHECK_FALSE(pinPlace(silent, 1).last);
  CHECK(pinPlace(silent, 2).last);
  token::PinState last;
  last.lastTry = true;
  CHECK(pinPlace(last, 0).last);
  token::PinState telling;
  telling.triesLeft = 5;  // the key counts for itself: our two are among what it has counted
  CHECK_FALSE(pinPlace(telling, 2).last);
  telling.triesLeft = 1;
  CHECK(pinPlace(telling, 0).last);
}

TEST_CASE("PINs that anybody would try") {
  for (const auto* text : {"123456", "111111", "12345678", "88888888", "654321", "123123", "121212", "1234567890", "0"})
    CHECK_MESSAGE(common(text), text);
  for (const auto* text : {"", "135790", "471108", "123457", "13 24", "ca-2026!"}) CHECK_MESSAGE(!common(text), text);
}

TEST_CASE("an order that was carried out is remembered over processes, by number, key and nonce") {
  const test::TemporaryFolder folder;
  const auto file = folder / "state" / "orders-done";
  order::WorkOrder order;
  order.number = "20261122";
  order.keySerial = "SERIAL4711";
  order.nonce = Bytes(16, 1);
  OrdersDone one(file), other(file);
  CHECK_FALSE(one.has(order));
  one.add(order);
  one.add(order);
  CHECK(one.has(order));
  CHECK(other.has(order));
  auto elsewhere = order;
  elsewhere.keySerial = "SERIAL4712";
  CHECK_FALSE(other.has(elsewhere));
  auto anew = order;
  anew.nonce = Bytes(16, 2);
  CHECK_FALSE(other.has(anew));
  other.add(anew);
  CHECK(one.has(anew));
  const auto content = contentOf(file);
  CHECK(content.size() == 2 * 65);
  CHECK(content.find("4711") == std::string::npos);
  for (int i = 0; i < 1100; ++i) {
    order.number = std::to_string(i);
    one.add(order);
  }
  CHECK(contentOf(file).size() == 1000 * 65);  // the oldest go
  CHECK_FALSE(OrdersDone(file).has(anew));
  CHECK(OrdersDone(file).has(order));
}

TEST_CASE("where the file cannot be kept, this process still remembers") {
  order::WorkOrder order;
  order.number = "1";
  OrdersDone here("/proc/nowhere/orders-done");
  here.add(order);
  CHECK(here.has(order));
}
