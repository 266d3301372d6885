// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "orders.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

Error failure(const Bytes& cms, const trust::Anchors& anchors, Time at = now) {
  const auto opened = order::open(cms, anchors, {}, at);
  REQUIRE_FALSE(opened.has_value());
  return opened.error();
}

}  // namespace

TEST_CASE("an order opens as it was made") {
  const OrderPki pki;
  auto order = inspection();
  CHECK(order::open(pki.sign(order), pki.anchors, {}, now) == order);
  order.keyCertificate.reset();
  order.encryptionCertificate = digest(30);
  order.operation = order::Operation::issue;
  order.allowInPlace = true;
  order.replaces.clear();
  CHECK(order::open(pki.sign(order), pki.anchors, {}, now) == order);
}

TEST_CASE("times") {
  const OrderPki pki;
  const auto cms = pki.sign(inspection());
  CHECK(order::open(cms, pki.anchors, {}, now - 60 - 300).has_value());
  const auto early = failure(cms, pki.anchors, now - 60 - 301);
  CHECK(early.code == ErrorCode::clock_wrong);
  CHECK(early.detail.at("here") == toRfc3339(now - 361));
  CHECK(early.detail.at("there") == toRfc3339(now - 60));
  CHECK(order::open(cms, pki.anchors, {}, now + 3600).has_value());
  CHECK(failure(cms, pki.anchors, now + 3601).code == ErrorCode::order_expired);
}

TEST_CASE("who may sign") {
  const OrderPki pki;
  const auto cms = pki.sign(inspection());
  CHECK(failure(cms, {}).code == ErrorCode::order_untrusted);
  CHECK(failure(cms, {}).detail.at("reason") == "untrusted");
  CHECK(order::open(cms, {}, std::vector<Bytes>{pki.signer.sha256()}, now).has_value());
  CHECK_FALSE(order::open(cms, {}, std::vector<Bytes>{digest(1)}, now).has_value());

  const auto reasonWith = [&](auto change) {
    auto fields = OrderPki::fields();
    change(fields);
    auto other = pki;
    other.signer = certify(pki.key, pki.rootKey, fields);
    const auto error = failure(other.sign(inspection()), pki.anchors);
    CHECK(error.code == ErrorCode::order_untrusted);
    return error.detail.at("reason");
  };
  CHECK(reasonWith([](auto& f) { f.extendedKeyUsage = ""; }) == "badUsage");
  CHECK(reasonWith([](auto& f) { f.extendedKeyUsage = "emailProtection"; }) == "badUsage");
  CHECK(reasonWith([](auto& f) { f.keyUsage = "keyEncipherment"; }) == "badUsage");
  CHECK(reasonWith([](auto& f) { f.notAfter = now - 30; }) == "expired");       // since the order was made
  CHECK(reasonWith([](auto& f) { f.notBefore = now - 30; }) == "notYetValid");  // only after it was made
}

TEST_CASE("a revoked signer") {
  OrderPki pki;
  pki.anchors.crls.push_back(
      trust::Crl::fromDer(makeCrl(pki.rootKey, "Order Root", {{.serial = 1, .revoked = now - 30}}, now + day)).value());
  CHECK(failure(pki.sign(inspection()), pki.anchors).detail.at("reason") == "revoked");
}

TEST_CASE("forged orders") {
  const OrderPki pki;
  const auto cms = pki.sign(inspection());
  for (std::size_t i = 0; i < cms.size(); ++i) {
    CHECK_FALSE(order::open(ByteView(cms).first(i), pki.anchors, {}, now).has_value());
    auto changed = cms;
    changed[i] ^= 0x01;
    const auto opened = order::open(changed, pki.anchors, {}, now);
    if (opened) CHECK(*opened == inspection());
  }
  OrderPki stranger;
  CHECK(failure(stranger.sign(inspection()), pki.anchors).code == ErrorCode::order_untrusted);
  CHECK(failure({}, pki.anchors).code == ErrorCode::order_invalid);
  const auto detached = complete(
      trust::cms::prepare(
          {.signer = pki.signer, .algorithm = trust::SignatureAlgorithm::ecdsaSha256, .contentDigest = digest(1)})
          .value(),
      pki.key);
  CHECK(failure(detached, pki.anchors).detail.at("reason") == "noContent");
}

TEST_CASE("RSA and SM2 signers") {
  for (const auto& key : {Key::rsa(3072), Key::sm2()}) {
    OrderPki pki;
    pki.key = key;
    pki.signer = certify(pki.key, pki.rootKey, OrderPki::fields());
    CHECK(order::open(pki.sign(inspection()), pki.anchors, {}, now) == inspection());
  }
}

TEST_CASE("orders of SM2 signers that sign the content itself; of others, never") {
  const auto json = order::toJson(inspection());
  OrderPki sm2;
  sm2.rootKey = Key::sm2();
  sm2.root = selfSigned(sm2.rootKey, "Order Root");
  sm2.anchors = {{sm2.root}, {}};
  sm2.key = Key::sm2();
  sm2.signer = certify(sm2.key, sm2.rootKey, OrderPki::fields());
  const auto bare = sm2.signBare(json);
  CHECK(order::open(bare, sm2.anchors, {}, now) == inspection());
  CHECK(failure(bare, {}).code == ErrorCode::order_untrusted);
  for (std::size_t i = 0; i < bare.size(); ++i) {
    auto changed = bare;
    changed[i] ^= 0x01;
    const auto opened = order::open(changed, sm2.anchors, {}, now);
    if (opened) CHECK(*opened == inspection());
  }
  const OrderPki ecdsa;
  CHECK(failure(ecdsa.signBare(json), ecdsa.anchors).detail.at("reason") == "noSignedAttributes");
}

TEST_CASE("a receipt always has signed attributes") {
  OrderPki pki;
  pki.key = Key::sm2();
  pki.signer = certify(pki.key, pki.rootKey, OrderPki::fields());
  CHECK(order::readReceipt(pki.signBare("{}")).error().detail.at("reason") == "noSignedAttributes");
}

TEST_CASE("an order that would not open is not signed") {
  const OrderPki pki;
  const auto refused = [&](auto change) {
    auto order = inspection();
    change(order);
    const auto draft = order::prepare(order, pki.signer, {}, now);
    return !draft && draft.error().code == ErrorCode::bad_request;
  };
  CHECK(refused([](auto& o) { o.number = ""; }));
  CHECK(refused([](auto& o) { o.number = "two words"; }));
  CHECK(refused([](auto& o) { o.nonce.resize(15); }));
  CHECK(refused([](auto& o) { o.notAfter = o.notBefore - 1; }));
  CHECK(refused([](auto& o) { o.replaces = {digest(1), digest(1)}; }));
  CHECK(refused([](auto& o) { o.seals.push_back(o.seals.front()); }));
  CHECK(refused([](auto& o) { o.origin = "\xff"; }));
  CHECK(refused([](auto& o) { o.keySerial = ""; }));
}
