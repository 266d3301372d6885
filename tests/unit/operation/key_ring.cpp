// SPDX-License-Identifier: Apache-2.0
// Which key is meant, where serial numbers do not say.
#include "operation/key_ring.h"

#include <doctest/doctest.h>

using namespace sealferry;
using namespace sealferry::operation;

namespace {

/// A driver whose keys can be listed and not be looked into.
class Listing : public token::Backend {
 public:
  explicit Listing(std::vector<token::KeyInfo> keys) : keys_(std::move(keys)) {}
  Result<token::ModuleInfo> module() override { return token::ModuleInfo{}; }
  Result<std::vector<token::KeyInfo>> keys() override { return keys_; }
  Result<std::unique_ptr<token::Session>> open(std::string_view) override {
    return fail(ErrorCode::key_removed, "open");
  }

 private:
  std::vector<token::KeyInfo> keys_;
};

token::KeyInfo key(const std::string& id, const std::string& serial) {
  token::KeyInfo info;
  info.id = id;
  info.serial = serial;
  return info;
}

/// One driver for each list of keys.
using Drivers = std::vector<std::vector<token::KeyInfo>>;
KeyRing ringOf(const Drivers& keys) {
  std::vector<KeyRing::Driver> drivers;
  for (const auto& some : keys)
    drivers.push_back({"pkcs11", "/driver" + std::to_string(drivers.size()), "", std::make_unique<Listing>(some)});
  return KeyRing(std::move(drivers));
}

}  // namespace

TEST_CASE("a serial number that two keys tell names neither of them, behind one driver or two") {
  for (const auto& drivers : {Drivers{{key("a", "1"), key("a", "1"), key("b", "2")}},
                              Drivers{{key("a", "1"), key("b", "2")}, {key("c", "1")}}}) {
    auto ring = ringOf(drivers);
    const auto chosen = ring.choose("1");
    REQUIRE_FALSE(chosen);
    CHECK(chosen.error().code == ErrorCode::several_keys);
    CHECK(chosen.error().detail.at("reason") == "sameSerial");
    const auto other = ring.choose("2");
    REQUIRE(other);
    CHECK(other->info.id == "b");
  }
}

TEST_CASE("one stick behind two drivers is one key; an empty serial number makes none of two") {
  auto one = ringOf({{key("a", "1")}, {key("a", "1")}});
  CHECK(one.keys().value().size() == 1);
  CHECK(one.choose("1"));
  auto two = ringOf({{key("a", "")}, {key("a", "")}});
  CHECK(two.keys().value().size() == 2);
  CHECK(two.choose("").error().code == ErrorCode::several_keys);
}
