// SPDX-License-Identifier: Apache-2.0
#include "order/receipt.h"

#include <doctest/doctest.h>

#include "orders.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

order::Receipt inspected() {
  const auto order = inspection();
  return {.number = order.number,
          .nonce = order.nonce,
          .origin = order.origin,
          .operation = order.operation,
          .keySerial = order.keySerial,
          .before = order::Holding{digest(10), std::nullopt, {digest(1)}},
          .after = {digest(20), digest(11), {digest(2)}},
          .hostVersion = "0.1.0",
          .time = now,
          .site = "https://ca.example"};
}

}  // namespace

TEST_CASE("receipts go through unchanged, with each kind of key") {
  for (const auto& key : {Key::rsa(), Key::ec(), Key::sm2()}) {
    const auto signer = selfSigned(key, "Unit");
    for (const bool commandLine : {false, true}) {
      auto receipt = inspected();
      if (commandLine) {
        receipt.site.reset();
        receipt.before.reset();
        receipt.after.encryptionCertificate.reset();
      }
      const auto read = order::readReceipt(complete(order::prepareReceipt(receipt, signer).value(), key));
      REQUIRE(read);
      CHECK(read->content == receipt);
      CHECK(read->signer == signer);
    }
  }
}

TEST_CASE("what the key held of the other kind before is left out") {
  const auto key = Key::ec();
  auto receipt = inspected();
  receipt.before->encryptionCertificate = digest(11);
  const auto read = order::readReceipt(complete(order::prepareReceipt(receipt, selfSigned(key)).value(), key));
  REQUIRE(read);
  CHECK(read->content == inspected());
}

TEST_CASE("does a receipt close its order?") {
  const auto field = [](auto change) {
    auto receipt = inspected();
    change(receipt);
    const auto result = order::checkReceipt(receipt, inspection());
    return result ? std::string{} : result.error().detail.at("field");
  };
  CHECK(field([](auto&) {}) == "");
  CHECK(field([](auto& r) { r.number += "1"; }) == "order");
  CHECK(field([](auto& r) { r.nonce[0] ^= 1; }) == "nonce");
  CHECK(field([](auto& r) { r.origin = "https://evil.example"; }) == "origin");
  CHECK(field([](auto& r) { r.operation = order::Operation::change; }) == "operation");
  CHECK(field([](auto& r) { r.keySerial = "x"; }) == "key.serial");
  CHECK(field([](auto& r) { r.after.seals = {digest(1)}; }) == "after.seals");
  CHECK(field([](auto& r) { r.after.seals = {digest(1), digest(2)}; }) == "after.seals");
  CHECK(field([](auto& r) { r.after.seals.push_back(digest(9)); }) == "");
  CHECK(field([](auto& r) { r.after.certificate = digest(10); }) == "after.certificateSha256");
}

TEST_CASE("tampered receipts, and messages of another type") {
  const auto key = Key::ec();
  const auto signer = selfSigned(key);
  auto cms = complete(order::prepareReceipt(inspected(), signer).value(), key);
  const std::string from = "annualInspection";
  const auto at = std::search(cms.begin(), cms.end(), from.begin(), from.end());
  REQUIRE(at != cms.end());
  *at ^= 1;
  CHECK(order::readReceipt(cms).error().detail.at("reason") == "digestMismatch");
  const auto login = complete(order::prepareLogin({"https://ca.example", Bytes(32, 1), now}, signer).value(), key);
  CHECK(order::readReceipt(login).error().detail.at("field") == "type");
  auto bad = inspected();
  bad.hostVersion = "\xff";
  CHECK(order::prepareReceipt(bad, signer).error().code == ErrorCode::bad_request);
  bad.hostVersion = "";
  CHECK(order::prepareReceipt(bad, signer).error().detail.at("field") == "host");
}

TEST_CASE("login proofs") {
  const auto key = Key::rsa();
  const auto signer = selfSigned(key);
  const order::Login login{"https://ca.example", Bytes(32, 1), now};
  const auto read = order::readLogin(complete(order::prepareLogin(login, signer).value(), key));
  REQUIRE(read);
  CHECK(read->content == login);
  CHECK(order::prepareLogin({"https://ca.example", Bytes(31, 1), now}, signer).error().detail.at("field") == "nonce");
}
