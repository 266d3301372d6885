// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "orders.h"

using namespace sealferry;
using namespace sealferry::test;
using nlohmann::json;

namespace {

const OrderPki& pki() {
  static const OrderPki one;
  return one;
}

/// The member at fault; "-" where there is no JSON object at all; empty if the order opens.
std::string fault(const std::string& text) {
  const auto opened = order::open(pki().signText(text), pki().anchors, {}, now);
  if (opened) return "";
  CHECK(opened.error().code == ErrorCode::order_invalid);
  CHECK(opened.error().detail.at("reason") == "json");
  const auto field = opened.error().detail.find("field");
  return field == opened.error().detail.end() ? "-" : field->second;
}

template <class Change>
std::string faultAfter(Change change) {
  auto content = json::parse(order::toJson(inspection()));
  change(content);
  return fault(content.dump());
}

}  // namespace

TEST_CASE("a good text opens; members that are missing, extra, wrong or too large are named") {
  CHECK(fault(order::toJson(inspection())) == "");
  for (const auto* name : {"type", "version", "order", "operation", "origin", "key", "write", "replaces",
                           "allowInPlace", "notBefore", "notAfter", "nonce"}) {
    CHECK(faultAfter([&](json& j) { j.erase(name); }) == name);
    CHECK(faultAfter([&](json& j) { j[name] = 3.5; }) == name);
    CHECK(faultAfter([&](json& j) { j[name] = nullptr; }) == name);
  }
  CHECK(faultAfter([](json& j) { j["more"] = 1; }) == "unknown");
  CHECK(faultAfter([](json& j) { j["key"]["more"] = 1; }) == "key.unknown");
  CHECK(faultAfter([](json& j) { j["write"]["seals"][0]["more"] = 1; }) == "write.seals.unknown");
  CHECK(faultAfter([](json& j) { j["type"] = "sealferry-receipt"; }) == "type");
  CHECK(faultAfter([](json& j) { j["version"] = 2; }) == "version");
  CHECK(faultAfter([](json& j) { j["version"] = 1.0; }) == "version");
  CHECK(faultAfter([](json& j) { j["version"] = "1"; }) == "version");
  CHECK(faultAfter([](json& j) { j["operation"] = "format"; }) == "operation");
  CHECK(faultAfter([](json& j) { j["order"] = std::string(65, '1'); }) == "order");
  CHECK(faultAfter([](json& j) { j["order"] = "a\nb"; }) == "order");
  CHECK(faultAfter([](json& j) { j["key"]["serial"] = ""; }) == "key.serial");
  CHECK(faultAfter([](json& j) { j["key"]["certificateSha256"] = std::string(64, 'A'); }) == "key.certificateSha256");
  CHECK(faultAfter([](json& j) { j["key"]["certificateSha256"] = "00"; }) == "key.certificateSha256");
  CHECK(faultAfter([](json& j) { j["replaces"] = json::array({1}); }) == "replaces");
  CHECK(faultAfter([](json& j) { j["replaces"] = std::vector<std::string>(17, std::string(64, 'a')); }) == "replaces");
  CHECK(faultAfter([](json& j) { j["write"]["seals"].push_back(j["write"]["seals"][0]); }) == "write.seals");
  CHECK(faultAfter([](json& j) { j["write"]["seals"][0] = "text"; }) == "write.seals.id");
  CHECK(faultAfter([](json& j) { j["nonce"] = "AAAA"; }) == "nonce");
  CHECK(faultAfter([](json& j) { j["notAfter"] = "2026-11-22"; }) == "notAfter");
  CHECK(faultAfter([](json& j) { std::swap(j["notAfter"], j["notBefore"]); }) == "notAfter");
}

TEST_CASE("texts that are no single JSON object, each member once") {
  const auto good = order::toJson(inspection());
  CHECK(fault("") == "-");
  CHECK(fault("[]") == "-");
  CHECK(fault("null") == "-");
  CHECK(fault(good + "x") == "-");
  CHECK(fault(good + good) == "-");
  CHECK(fault("{\"order\":\"1\"," + good.substr(1)) == "-");        // twice
  CHECK(fault("{\"ord\\u0065r\":\"1\"," + good.substr(1)) == "-");  // twice, written differently
  CHECK(fault("{\"a\":\"\xff\"," + good.substr(1)) == "-");
  CHECK(fault("{\"a\":" + std::string(100, '[') + std::string(100, ']') + "," + good.substr(1)) == "-");
  CHECK(fault("{\"a\":\"" + std::string(70'000, 'a') + "\"," + good.substr(1)) == "-");
}
