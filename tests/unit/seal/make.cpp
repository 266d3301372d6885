// SPDX-License-Identifier: Apache-2.0
#include "seal/make.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "openssl_command.h"
#include "support/seals.h"
#include "support/stamp_authority.h"

using namespace sealferry;
using namespace sealferry::test;
using seal::Version;

TEST_CASE("seals we make: valid, read back field by field, written anew byte by byte") {
  const Maker world;
  for (const auto version : {Version::v1, Version::v4, Version::v5}) {
    const auto fields = world.fields(version);
    const auto der = world.make(fields);
    const auto read = seal::read(der, seal::Strictness::strict);
    REQUIRE(read);
    CHECK(read->version == version);
    CHECK(read->id == fields.id);
    CHECK(read->name == fields.name);
    CHECK(read->vendor == fields.vendor);
    CHECK(read->created == fields.created);
    CHECK(read->notBefore == fields.notBefore);
    CHECK(read->notAfter == fields.notAfter);
    CHECK(read->picture.data == fields.picture.data);
    CHECK(read->picture.widthMm == 42);
    CHECK(read->der == der);
    CHECK(read->notes.empty());
    CHECK(seal::encode(*read) == der);
    CHECK(seal::listsCertificate(*read, world.unit.der()));
    CHECK_FALSE(seal::listsCertificate(*read, world.maker.der()));
    CHECK(opensslAccepts(world.makerKey.publicPem(), seal::signedBytes(*read), read->signature));
    const auto verdict = seal::check(der, world.anchors, now, seal::Strictness::strict);
    CHECK(verdict.outcome == seal::Outcome::valid);
    CHECK(verdict.steps.size() == 5);
    CHECK(verdict.at == now);
    CHECK(verdict.version == static_cast<int>(version));
  }
}

TEST_CASE("extensions and digest lists") {
  const Maker world;
  auto fields = world.fields();
  fields.listKind = seal::CertificateList::Kind::digests;
  fields.extensions = {{"1.2.3.4", false, {1, 2, 3}}};
  const auto der = world.make(fields);
  const auto read = seal::read(der, seal::Strictness::strict);
  REQUIRE(read);
  CHECK(seal::encode(*read) == der);
  CHECK(read->extensions.at(0).value == Bytes{1, 2, 3});
  CHECK(seal::listsCertificate(*read, world.unit.der()));
  CHECK_FALSE(seal::listsCertificate(*read, world.maker.der()));
}

TEST_CASE("nothing is put into another order: signers, extensions, and back") {
  const Maker world;
  const auto third = certify(Key::sm2(), world.rootKey, {.subject = "第三个", .serial = 7});
  for (const auto version : {Version::v1, Version::v4, Version::v5}) {
    auto fields = world.fields(version);
    fields.signers = {world.unit, world.maker, third};
    fields.extensions = {
        {"2.5.29.99", false, {9}}, {"1.2.3", false, {}}, {"2.5.29.1", false, {1}}, {"1.2.3", false, {2}}};
    const auto forwards = world.make(fields);
    std::ranges::reverse(fields.signers);
    std::ranges::reverse(fields.extensions);
    const auto backwards = world.make(fields);
    const auto first = seal::read(forwards, seal::Strictness::strict).value();
    auto second = seal::read(backwards, seal::Strictness::strict).value();
    CHECK(first.signers.entries.front() == world.unit.der());
    CHECK(second.signers.entries.front() == third.der());
    CHECK(first.extensions.front().oid == "2.5.29.99");
    CHECK(seal::encode(first) == forwards);
    CHECK(seal::encode(second) == backwards);
    std::ranges::reverse(second.signers.entries);
    CHECK(second.signers.entries == first.signers.entries);
  }
}

TEST_CASE("a v5 seal with a time stamp: looked at last, and it cannot be earlier than the making") {
  const Maker world;
  const StampAuthority authority(world.rootKey);
  const auto fields = world.fields(Version::v5);
  const auto draft = seal::prepare(fields).value();
  const auto value = world.makerKey.sign(trust::SignatureAlgorithm::sm2Sm3, draft.digest());
  const auto checked = [&](const Bytes& token) {
    const auto der = draft.finish(value, token).value();
    CHECK(seal::encode(seal::read(der, seal::Strictness::strict).value()) == der);
    return seal::check(der, world.anchors, now, seal::Strictness::strict);
  };
  const auto good = checked(authority.token(value, fields.created + 60));
  CHECK(good.outcome == seal::Outcome::valid);
  CHECK(good.steps.back().name == "timestamp");
  const auto reason = [&](const Bytes& token) {
    const auto verdict = checked(token);
    CHECK(verdict.failedStep == "timestamp");
    return verdict.steps.back().reason;
  };
  CHECK(reason(authority.token(value, fields.created - 1)) == "earlier");
  CHECK(reason(authority.token(Bytes{1}, now)) == "imprintMismatch");
  CHECK(reason(StampAuthority(Key::sm2()).token(value, now)) == "badSignature");
  CHECK(reason(Bytes{0x30, 0}) == "notSignedData");

  const auto v4 = seal::prepare(world.fields()).value();
  CHECK_FALSE(v4.finish(world.makerKey.sign(trust::SignatureAlgorithm::sm2Sm3, v4.digest()), Bytes{0x30, 0}));
}

TEST_CASE("a wrong key's signature is not made into a seal") {
  const Maker world;
  const auto draft = seal::prepare(world.fields()).value();
  const auto wrong = Key::sm2().sign(trust::SignatureAlgorithm::sm2Sm3, draft.digest());
  CHECK(draft.finish(wrong).error().detail.at("reason") == "keyMismatch");
}

TEST_CASE("what our own check would refuse is not made") {
  const Maker world;
  const auto reason = [&](auto change) {
    auto fields = world.fields();
    change(fields);
    return seal::prepare(fields).error().detail.at("reason");
  };
  CHECK(reason([](auto& f) { f.signers.clear(); }) == "emptyCertificateList");
  CHECK(reason([](auto& f) { f.id = ""; }) == "text");
  CHECK(reason([](auto& f) { f.id = "编号"; }) == "text");
  CHECK(reason([](auto& f) { f.name = "\xff"; }) == "text");
  CHECK(reason([](auto& f) { f.notAfter = f.notBefore - 1; }) == "time");
  CHECK(reason([](auto& f) { f.picture.type = "JPG"; }) == "pictureTypeMismatch");
  CHECK(reason([](auto& f) { f.picture.widthMm = 0; }) == "pictureSize");
  CHECK(reason([](auto& f) { f.picture.data = {1}; }) == "pictureUnknown");
  CHECK(reason([](auto& f) { f.extensions = {{"1.2.3", true, {}}}; }) == "criticalExtension");
  CHECK(reason([&](auto& f) { f.maker = world.unit; }) == "makerKey");
  CHECK(reason([&](auto& f) { f.maker = world.root; }) == "makerUsage");
  CHECK(reason([](auto& f) { f.created = -1; }) == "makerExpired");
  CHECK(reason([](auto& f) { f.created = f.notAfter + 1; }) == "time");
  CHECK(reason([](auto& f) { f.picture.heightMm = 1001; }) == "pictureSize");
  const auto signer = [&](const CertificateFields& fields) { return certify(Key::sm2(), world.rootKey, fields); };
  CHECK(reason([&](auto& f) { f.signers.push_back(signer({.keyUsage = "keyEncipherment"})); }) == "signerUsage");
  CHECK(reason([&](auto& f) { f.signers.push_back(signer({.notAfter = f.created - 1})); }) == "signerExpired");
  auto fields = world.fields();
  fields.signers.push_back(signer({.notBefore = now + day}));  // renewed ahead
  CHECK(seal::prepare(fields).has_value());
}

TEST_CASE("a seal that is too large for our own reading is not handed out") {
  const Maker world;
  auto fields = world.fields();
  fields.picture.data.resize(2'200'000);  // behind the end of the PNG
  const auto draft = seal::prepare(fields).value();
  const auto value = world.makerKey.sign(trust::SignatureAlgorithm::sm2Sm3, draft.digest());
  CHECK(draft.finish(value).error().detail.at("reason") == "tooLarge");
}
