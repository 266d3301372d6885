// SPDX-License-Identifier: Apache-2.0
#include "pki/issue.h"

#include <doctest/doctest.h>

#include "order/work_order.h"
#include "pki/seal_maker.h"
#include "support/files.h"
#include "support/pki.h"
#include "support/stamp_authority.h"

using namespace sealferry;
using sealferry::test::day;
using sealferry::test::Key;
using sealferry::test::now;
using sealferry::test::selfSigned;
using sealferry::test::StampAuthority;

namespace {

pki::Authority root(pki::KeyType type) {
  return pki::makeRoot(type, {.unit = "演示 CA", .creditCode = "", .name = "演示根证书"}, now - day, now + 3650 * day)
      .value();
}

pki::CertificateOrder applied(const pki::PrivateKey& key, pki::Profile profile = pki::Profile::signing) {
  return {profile,
          {.unit = "福建省测试公司", .creditCode = "91350200TEST000001", .name = "福建省测试公司"},
          key.publicKeyInfo(),
          now - day,
          now + 365 * day};
}

}  // namespace

TEST_CASE("certificates of each kind below roots of each kind") {
  for (const auto rootType : {pki::KeyType::rsa3072, pki::KeyType::sm2}) {
    const auto authority = root(rootType);
    const trust::Anchors anchors{{authority.certificate}, {}};
    for (const auto type : {pki::KeyType::rsa2048, pki::KeyType::p256, pki::KeyType::sm2}) {
      const auto key = pki::PrivateKey::generate(type).value();
      const auto certificate = pki::issue(authority, applied(key)).value();
      CHECK(certificate.unitName() == "福建省测试公司");
      CHECK(certificate.publicKeyInfo() == key.publicKeyInfo());
      CHECK(trust::checkChain(certificate, {}, anchors, now, {}).reason == "");
      const auto again = pki::PrivateKey::fromPem(key.pem()).value();
      CHECK(again.publicKeyInfo() == key.publicKeyInfo());
    }
  }
}

TEST_CASE("what a certificate may do is its profile's") {
  const auto authority = root(pki::KeyType::p256);
  const trust::Anchors anchors{{authority.certificate}, {}};
  const auto key = pki::PrivateKey::generate(pki::KeyType::p256).value();
  const auto allowed = [&](pki::Profile profile, const trust::Purpose& purpose) {
    return trust::checkChain(pki::issue(authority, applied(key, profile)).value(), {}, anchors, now, purpose).trusted;
  };
  using Use = trust::Purpose::Use;
  const std::string usage(sealferry::order::signerUsage);
  CHECK(allowed(pki::Profile::signing, {.use = Use::signing}));
  CHECK_FALSE(allowed(pki::Profile::signing, {.use = Use::encryption}));
  CHECK(allowed(pki::Profile::encryption, {.use = Use::encryption}));
  CHECK_FALSE(allowed(pki::Profile::encryption, {.use = Use::signing}));
  CHECK(allowed(pki::Profile::orderSigner, {.use = Use::signing, .extendedKeyUsage = usage}));
  CHECK_FALSE(allowed(pki::Profile::signing, {.use = Use::signing, .extendedKeyUsage = usage}));
}

TEST_CASE("renewal keeps subject, key and usages; only of our own") {
  const auto authority = root(pki::KeyType::rsa3072);
  const auto key = pki::PrivateKey::generate(pki::KeyType::rsa2048).value();
  const auto old = pki::issue(authority, applied(key)).value();
  const auto renewed = pki::renew(authority, old, now, now + 730 * day).value();
  CHECK(renewed.publicKeyInfo() == old.publicKeyInfo());
  CHECK(renewed.subject() == old.subject());
  CHECK(renewed.serialNumber() != old.serialNumber());
  CHECK(renewed.notAfter() == now + 730 * day);
  CHECK(renewed.maySign());
  CHECK_FALSE(renewed.mayEncrypt());
  CHECK(pki::renew(root(pki::KeyType::rsa3072), old, now, now + day).error().detail.at("reason") == "foreign");
  CHECK(pki::renew(authority, authority.certificate, now, now + day).has_value());  // it did issue itself
}

TEST_CASE("public keys of requests") {
  const test::TemporaryFolder folder;
  const auto at = [&](const char* name) { return (folder / name).string(); };
  REQUIRE(test::run("openssl req -new -newkey rsa:2048 -nodes -keyout " + at("key") + " -subj /CN=x -out " +
                    at("req")) == 0);
  REQUIRE(test::run("openssl pkey -in " + at("key") + " -pubout -out " + at("pub")) == 0);
  const auto request = test::readFile(folder / "req");
  const auto fromRequest = pki::publicKeyOf(request);
  REQUIRE(fromRequest);
  CHECK(*fromRequest == pki::publicKeyOf(test::readFile(folder / "pub")).value());
  CHECK(pki::publicKeyOf(*fromRequest).value() == *fromRequest);
  REQUIRE(test::run("openssl req -in " + at("req") + " -outform DER -out " + at("der")) == 0);
  auto der = test::readFile(folder / "der");
  CHECK(pki::publicKeyOf(der).value() == *fromRequest);
  der.back() ^= 1;
  CHECK(pki::publicKeyOf(der).error().detail.at("field") == "signature");
  CHECK_FALSE(pki::publicKeyOf(viewOf("nonsense")));
}

TEST_CASE("lists of revoked certificates, RSA and SM2") {
  for (const auto type : {pki::KeyType::rsa3072, pki::KeyType::sm2}) {
    const auto authority = root(type);
    const auto key = pki::PrivateKey::generate(pki::KeyType::p256).value();
    const auto one = pki::issue(authority, applied(key)).value();
    const auto two = pki::issue(authority, applied(key)).value();
    const std::vector<pki::Revoked> entries{{one.serialNumber(), now - 10}};
    const auto crl = pki::makeCrl(authority, entries, now, now + day).value();
    const trust::Anchors anchors{{authority.certificate}, trust::readCrls(crl).value()};
    CHECK(trust::checkChain(one, {}, anchors, now, {}).reason == "revoked");
    CHECK(trust::checkChain(two, {}, anchors, now, {}).revocationKnown);
    CHECK(trust::checkChain(two, {}, anchors, now, {}).trusted);
  }
}

TEST_CASE("what cannot be issued") {
  const auto authority = root(pki::KeyType::p256);
  const auto key = pki::PrivateKey::generate(pki::KeyType::p256).value();
  auto bad = applied(key);
  bad.notAfter = bad.notBefore;
  CHECK(pki::issue(authority, bad).error().detail.at("field") == "notAfter");
  bad = applied(key);
  bad.subject = {};
  CHECK(pki::issue(authority, bad).error().detail.at("field") == "subject");
  bad.publicKeyInfo.pop_back();
  CHECK(pki::issue(authority, bad).error().detail.at("field") == "publicKey");
}

TEST_CASE("a seal, and the same seal after an annual inspection") {
  const auto authority = root(pki::KeyType::sm2);
  const auto makerKey = pki::PrivateKey::generate(pki::KeyType::sm2).value();
  const pki::Authority maker{makerKey, pki::issue(authority, applied(makerKey, pki::Profile::sealMaker)).value()};
  const auto key = pki::PrivateKey::generate(pki::KeyType::rsa2048).value();
  const auto unit = pki::issue(authority, applied(key)).value();
  const auto made = pki::makeSeal(maker, {.id = "35020000000001",
                                          .name = "福建省测试公司电子公章",
                                          .signer = unit,
                                          .picture = pki::roundPicture("福建省测试公司").value(),
                                          .created = now - 60,
                                          .notBefore = now - 60,
                                          .notAfter = now + 365 * day});
  REQUIRE(made);
  CHECK(made->size() < 20'480);
  const trust::Anchors anchors{{authority.certificate}, {}};
  CHECK(seal::check(*made, anchors, now, seal::Strictness::strict).outcome == seal::Outcome::valid);
  const auto old = seal::read(*made, seal::Strictness::strict).value();

  const auto renewed = pki::renew(authority, unit, now, now + 730 * day).value();
  const auto again =
      pki::remakeSeal(maker, old, {.signer = renewed, .created = now, .notBefore = now, .notAfter = now + 730 * day});
  REQUIRE(again);
  const auto next = seal::read(*again, seal::Strictness::strict).value();
  CHECK(next.id == old.id);
  CHECK(next.picture.data == old.picture.data);
  CHECK(seal::listsCertificate(next, renewed.der()));
  CHECK_FALSE(seal::listsCertificate(next, unit.der()));
  CHECK(seal::check(*again, anchors, now, seal::Strictness::strict).outcome == seal::Outcome::valid);
}

TEST_CASE("what a maker may choose: type, who may stamp and how they are named, a time stamp") {
  const auto authority = root(pki::KeyType::sm2);
  const auto makerKey = pki::PrivateKey::generate(pki::KeyType::sm2).value();
  const pki::Authority maker{makerKey, pki::issue(authority, applied(makerKey, pki::Profile::sealMaker)).value()};
  const auto certificate = [&] {
    return pki::issue(authority, applied(pki::PrivateKey::generate(pki::KeyType::sm2).value())).value();
  };
  const auto clockKey = Key::sm2();
  const StampAuthority clock(clockKey);
  const trust::Anchors anchors{{authority.certificate, selfSigned(clockKey)}, {}};
  pki::SealOrder order{.id = "35020000000002",
                       .name = "王小明",
                       .type = 7,
                       .signer = certificate(),
                       .furtherSigners = {certificate()},
                       .listKind = seal::CertificateList::Kind::digests,
                       .picture = pki::drawPicture({.shape = pki::Shape::person, .name = "王小明"}).value(),
                       .created = now - 60,
                       .notBefore = now - 60,
                       .notAfter = now + 365 * day,
                       .version = seal::Version::v5,
                       .stamper = [&](ByteView value) { return Result<Bytes>(clock.token(value, now - 30)); }};
  const auto made = pki::makeSeal(maker, order);
  REQUIRE(made);
  const auto seal = seal::read(*made, seal::Strictness::strict).value();
  CHECK(seal.type == 7);
  CHECK(seal.signers.kind == seal::CertificateList::Kind::digests);
  CHECK(seal::listsCertificate(seal, order.signer.der()));
  CHECK(seal::listsCertificate(seal, order.furtherSigners.front().der()));
  CHECK(seal::encode(seal) == *made);
  const auto verdict = seal::check(*made, anchors, now, seal::Strictness::strict);
  CHECK(verdict.outcome == seal::Outcome::valid);
  CHECK(verdict.steps.back().name == "timestamp");

  pki::Renewal renewal{
      .signer = order.signer, .created = now, .notBefore = now, .notAfter = now + day, .stamper = [&](ByteView value) {
        return Result<Bytes>(clock.token(value, now));
      }};
  const auto again = pki::remakeSeal(maker, seal, renewal).value();
  CHECK(seal::read(again, seal::Strictness::strict)->signers.kind == seal::CertificateList::Kind::digests);
  CHECK(seal::check(again, anchors, now, seal::Strictness::strict).steps.back().name == "timestamp");

  // Who else may stamp, and the extensions, stay; the renewed certificate takes the place of its unit's.
  auto old = seal;
  const auto handler = certify(Key::sm2(), clockKey, {.subject = "经办人"});
  const auto gone = certify(Key::sm2(), clockKey, {.subject = "离任", .notAfter = now - 1});
  old.signers = {seal::CertificateList::Kind::certificates, {order.signer.der(), handler.der(), gone.der()}, {}};
  old.extensions = {{"1.2.3", false, {7}}};
  old.timestamp.reset();
  renewal.signer = pki::renew(authority, order.signer, now, now + day).value();
  const auto kept = seal::read(pki::remakeSeal(maker, old, renewal).value(), seal::Strictness::strict).value();
  CHECK(kept.signers.entries == std::vector<Bytes>{renewal.signer.der(), handler.der()});
  CHECK(kept.extensions.at(0).value == Bytes{7});
  CHECK_FALSE(kept.timestamp.has_value());

  order.stamper = [](ByteView) -> Result<Bytes> { return fail(ErrorCode::internal, "no clock"); };
  CHECK(pki::makeSeal(maker, order).error().where == "no clock");
  order.stamper = [](ByteView) { return Result<Bytes>(Bytes{1}); };
  order.version = seal::Version::v4;
  CHECK(pki::makeSeal(maker, order).error().detail.at("reason") == "versionUnknown");
}
