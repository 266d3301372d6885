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

/// A driver that does not say which keys it has.
class Failing : public token::Backend {
 public:
  explicit Failing(ErrorCode code) : code_(code) {}
  Result<token::ModuleInfo> module() override { return fail(code_, "module"); }
  Result<std::vector<token::KeyInfo>> keys() override { return fail(code_, "keys"); }
  Result<std::unique_ptr<token::Session>> open(std::string_view) override { return fail(code_, "open"); }

 private:
  ErrorCode code_;
};

/// A driver that crashes as it is loaded, and is left alone then: until it is to be loaded anew, it is not asked.
class Crashing : public token::Backend {
 public:
  Crashing(unsigned& loads, const bool& mended) : loads_(loads), mended_(mended) {}
  Result<token::ModuleInfo> module() override { return fail(ErrorCode::module_crashed, "module"); }
  Result<std::vector<token::KeyInfo>> keys() override {
    if (!rests_) ++loads_;
    if (!rests_ && mended_) return std::vector<token::KeyInfo>{};
    rests_ = true;
    return fail(ErrorCode::module_crashed, "keys");
  }
  Result<std::unique_ptr<token::Session>> open(std::string_view) override { return fail(ErrorCode::no_key, "open"); }
  void reload() override { rests_ = false; }

 private:
  unsigned& loads_;
  const bool& mended_;
  bool rests_ = false;
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

/// A driver that lists these keys, and one that fails so.
KeyRing ringWith(ErrorCode failure, const std::vector<token::KeyInfo>& keys) {
  std::vector<KeyRing::Driver> drivers;
  drivers.push_back({"pkcs11", "/failing", "", std::make_unique<Failing>(failure)});
  drivers.push_back({"pkcs11", "/good", "", std::make_unique<Listing>(keys)});
  return KeyRing(std::move(drivers));
}

}  // namespace

TEST_CASE("a driver that is not installed says nothing of the keys of the others") {
  auto ring = ringWith(ErrorCode::no_driver, {});
  CHECK(ring.keys().value().empty());
  CHECK(ring.keysForSure().value().empty());
  CHECK(ring.choose(std::nullopt).error().code == ErrorCode::no_key);
  auto alone = ringWith(ErrorCode::no_driver, {key("a", "1")});
  CHECK(alone.choose("1"));
  CHECK(alone.choose("2").error().code == ErrorCode::no_key);
  std::vector<KeyRing::Driver> none;
  none.push_back({"pkcs11", "/failing", "", std::make_unique<Failing>(ErrorCode::no_driver)});
  CHECK(KeyRing(std::move(none)).keys().error().code == ErrorCode::no_driver);
  CHECK(KeyRing({}).keys().error().code == ErrorCode::no_driver);
}

TEST_CASE("of a key that is not found, a driver that did not answer is not taken to have said no") {
  for (const auto code : {ErrorCode::module_hung, ErrorCode::module_crashed}) {
    auto ring = ringWith(code, {});
    CHECK(ring.keys().error().code == code);
    CHECK(ring.choose(std::nullopt).error().code == code);
    auto other = ringWith(code, {key("a", "1")});
    CHECK(other.keys().value().size() == 1);
    CHECK(other.choose("1"));
    CHECK(other.choose("2").error().code == code);
    const auto listing = other.list();
    CHECK(listing.keys.size() == 1);
    REQUIRE(listing.failures.size() == 1);
    CHECK(listing.failures.front().driver == "/failing");
  }
}

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

TEST_CASE("a driver that crashes when it is loaded is tried for whoever asks, and not for who only looks for news") {
  unsigned loads = 0;
  bool mended = false;
  std::vector<KeyRing::Driver> drivers;
  drivers.push_back({"pkcs11", "/crashing", "", std::make_unique<Crashing>(loads, mended)});
  KeyRing ring(std::move(drivers));
  for (int i = 0; i < 5; ++i) CHECK(ring.list().failures.size() == 1);
  CHECK(loads == 1);
  CHECK(ring.choose(std::nullopt).error().code == ErrorCode::module_crashed);
  CHECK(loads == 2);
  CHECK(ring.keys().error().code == ErrorCode::module_crashed);
  CHECK(loads == 3);
  CHECK(ring.list().failures.size() == 1);
  CHECK(loads == 3);
  mended = true;
  ring.askCrashedAgain();
  CHECK(ring.list().failures.empty());
  ring.askCrashedAgain();
  CHECK(ring.list().failures.empty());
}
