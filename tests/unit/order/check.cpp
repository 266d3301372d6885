// SPDX-License-Identifier: Apache-2.0
#include "order/check.h"

#include <doctest/doctest.h>

#include "orders.h"

using namespace sealferry;
using namespace sealferry::test;
using order::check;

namespace {

template <class Change>
std::string fieldAfter(Change change) {
  auto facts = factsBefore();
  change(facts);
  const auto result = check(inspection(), facts);
  if (result) return "";
  CHECK(result.error().code == ErrorCode::order_mismatch);
  return result.error().detail.at("field");
}

order::Facts factsAfter() {
  auto facts = factsBefore();
  facts.keyCertificate = digest(20);
  facts.heldSeals = {{"35020000000001", digest(2)}};
  return facts;
}

}  // namespace

TEST_CASE("every field is enforced") {
  CHECK(fieldAfter([](auto&) {}) == "");
  CHECK(fieldAfter([](auto& f) {
          f.operations = {order::Operation::issue, order::Operation::reissue};
        }) == "operation");
  CHECK(fieldAfter([](auto& f) { f.origin = "https://ca.example:8443"; }) == "origin");
  CHECK(fieldAfter([](auto& f) { f.origin = "https://CA.example"; }) == "origin");
  CHECK(fieldAfter([](auto& f) { f.keySerial = "1a2b3c4e"; }) == "key.serial");
  CHECK(fieldAfter([](auto& f) { f.keyCertificate = digest(99); }) == "key.certificateSha256");
  CHECK(fieldAfter([](auto& f) { f.keyCertificate.reset(); }) == "key.certificateSha256");
  CHECK(fieldAfter([](auto& f) { f.payload->seals[0].sha256 = digest(3); }) == "write.seals");
  CHECK(fieldAfter([](auto& f) { f.payload->seals[0].id = "other"; }) == "write.seals");
  CHECK(fieldAfter([](auto& f) { f.payload->seals.clear(); }) == "write.seals");
  CHECK(fieldAfter([](auto& f) { f.payload->seals.push_back(f.payload->seals[0]); }) == "write.seals");
  CHECK(fieldAfter([](auto& f) { f.payload->signCertificate.reset(); }) == "write.signCertificateSha256");
  CHECK(fieldAfter([](auto& f) { f.payload->encryptionCertificate = digest(9); }) ==
        "write.encryptionCertificateSha256");
  CHECK(fieldAfter([](auto& f) { f.heldSeals.clear(); }) == "replaces");
  CHECK(fieldAfter([](auto& f) { f.heldSeals = {{"35020000000001", digest(5)}}; }) == "replaces");
  CHECK(fieldAfter([](auto& f) { f.payload.reset(); }) == "");
  CHECK(fieldAfter([](auto& f) { f.heldSeals.push_back({"another", digest(6)}); }) == "");
}

TEST_CASE("times") {
  auto facts = factsBefore();
  facts.browserTime = now + 301;
  const auto skewed = check(inspection(), facts);
  CHECK(skewed.error().code == ErrorCode::clock_wrong);
  CHECK(skewed.error().detail.at("here") == toRfc3339(now));
  CHECK(skewed.error().detail.at("there") == toRfc3339(now + 301));
  facts.browserTime = now - 301;
  CHECK(check(inspection(), facts).error().code == ErrorCode::clock_wrong);
  facts.browserTime = now - 300;
  CHECK(check(inspection(), facts).has_value());
  facts.browserTime.reset();
  facts.now = now + 3601;
  CHECK(check(inspection(), facts).error().code == ErrorCode::order_expired);
  facts.now = now - 361;
  CHECK(check(inspection(), facts).error().code == ErrorCode::clock_wrong);
}

TEST_CASE("done, half done, resumed") {
  const auto order = inspection();
  CHECK_FALSE(isDone(order, factsBefore()));
  CHECK(isDone(order, factsAfter()));
  CHECK(check(order, factsAfter()).has_value());

  auto half = factsAfter();  // the new seal is there, the old certificate too
  half.keyCertificate = digest(10);
  CHECK_FALSE(isDone(order, half));
  CHECK(check(order, half).error().detail.at("field") == "replaces");
  half.orderPending = true;
  CHECK(check(order, half).has_value());

  auto both = factsBefore();  // old and new seal: not done until the old one is gone
  both.heldSeals.push_back({"35020000000001", digest(2)});
  both.keyCertificate = digest(20);
  CHECK_FALSE(isDone(order, both));
}

TEST_CASE("an order that was carried out brings nothing back") {
  // Seal 1 was written by an order that replaced nothing; since then seal 2 took its place.
  auto first = inspection();
  first.number = "2025000000001";
  first.operation = order::Operation::issue;
  first.seals = {{"35020000000001", digest(1)}};
  first.replaces.clear();
  first.keyCertificate = digest(20);
  first.signCertificate.reset();
  auto facts = factsAfter();
  facts.operations = {order::Operation::issue};
  facts.payload = order::Payload{{{"35020000000001", digest(1)}}, std::nullopt, std::nullopt};
  CHECK(check(first, facts).error().detail.at("field") == "replaces");

  // The inspection 1 -> 2 is shown again after another one, 2 -> 3.
  auto later = factsBefore();
  later.keyCertificate = digest(20);
  later.heldSeals = {{"35020000000001", digest(3)}};
  CHECK(check(inspection(), later).error().detail.at("field") == "replaces");
}

TEST_CASE(
    "a certificate that lies there without its private key may be named by an order that brings another, and by no "
    "other") {
  const auto order = inspection();
  auto facts = factsBefore();
  facts.keyCertificate.reset();
  facts.staleCertificates = {digest(77), *order.keyCertificate};
  REQUIRE(order.signCertificate);
  CHECK(check(order, facts));
  auto without = order;
  without.signCertificate.reset();
  facts.payload->signCertificate.reset();
  CHECK(check(without, facts).error().detail.at("field") == "key.certificateSha256");
  facts = factsBefore();
  facts.keyCertificate.reset();
  facts.staleCertificates = {digest(77)};
  CHECK(check(order, facts).error().detail.at("field") == "key.certificateSha256");
}
