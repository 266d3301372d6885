// SPDX-License-Identifier: Apache-2.0
#include "seal/signature.h"

#include <doctest/doctest.h>

#include "base/digest.h"
#include "openssl_command.h"
#include "support/seals.h"
#include "support/stamp_authority.h"
#include "trust/der.h"
#include "trust/signature.h"

using namespace sealferry;
using namespace sealferry::test;
using seal::Outcome;
using seal::Strictness;
using seal::Version;

namespace {

/// A seal whose signer has an SM2 key, and a signature made with it.
struct Signing {
  Maker world;
  Key key = Key::sm2();
  trust::Certificate signer = certify(key, world.rootKey, {.subject = "测试单位", .serial = 4});
  Bytes data{1, 2, 3};

  seal::Seal seal(Version version) const {
    auto fields = world.fields(version);
    fields.signers = {signer};
    return seal::read(world.make(fields), Strictness::strict).value();
  }
  seal::SignatureFields fields(Version version) const {
    return {.seal = seal(version),
            .time = now,
            .dataHash = sm3(data),
            .propertyInfo = "/Doc_0/Signature.xml",
            .signer = signer};
  }
  Bytes make(const seal::SignatureFields& fields) const {
    const auto draft = seal::prepareSignature(fields).value();
    return draft.finish(key.sign(trust::SignatureAlgorithm::sm2Sm3, draft.digest())).value();
  }
  seal::Verdict check(const Bytes& der) const {
    return seal::checkSignature(der, world.anchors, now, sm3(data), Strictness::strict);
  }
};

std::string refused(const seal::SignatureFields& fields) {
  return seal::prepareSignature(fields).error().detail.at("reason");
}

}  // namespace

TEST_CASE("signatures we make: valid, read back, written anew byte by byte") {
  const Signing signing;
  for (const auto version : {Version::v1, Version::v4, Version::v5}) {
    const auto fields = signing.fields(version);
    const auto der = signing.make(fields);
    const auto read = seal::readSignature(der, Strictness::strict);
    REQUIRE(read);
    CHECK(read->seal.der == fields.seal.der);
    CHECK(read->time == now);
    CHECK(read->dataHash == fields.dataHash);
    CHECK(read->propertyInfo == fields.propertyInfo);
    CHECK(seal::encodeSignature(*read) == der);
    const auto verdict = signing.check(der);
    CHECK(verdict.outcome == Outcome::valid);
    CHECK(verdict.steps.size() == 9);
    CHECK(seal::checkSignature(der, signing.world.anchors, now, sm3(Bytes{9}), Strictness::strict).failedStep ==
          "dataHash");
  }
}

TEST_CASE("the openssl command accepts seals and signatures over the bytes that it cut out itself") {
  const Signing signing;
  const auto makerKey = signing.world.makerKey.publicPem();
  for (const auto version : {Version::v1, Version::v4, Version::v5}) {
    CAPTURE(static_cast<int>(version));
    const auto fields = signing.fields(version);
    const auto der = signing.make(fields);
    const bool first = version == Version::v1;
    // SES_Signature: TBS_Sign first, the value last (v1) or fourth. A BIT STRING's content begins with its unused bits.
    const auto value = contentOf(elementAt(der, 1, first ? 1 : 3));
    CHECK(opensslAccepts(signing.key.publicPem(), elementAt(der, 1, 0), copyOf(ByteView(value).subspan(1))));

    const auto& seal = fields.seal.der;
    const auto info = elementAt(seal, 1, 0);
    const auto signInfo = elementAt(seal, 1, 1);
    const auto made = first ? contentOf(elementAt(signInfo, 1, 2)) : contentOf(elementAt(seal, 1, 3));
    const auto message =
        first ? trust::der::sequence({info, elementAt(signInfo, 1, 0), elementAt(signInfo, 1, 1)}) : info;
    CHECK(opensslAccepts(makerKey, message, copyOf(ByteView(made).subspan(1))));
    CHECK_FALSE(opensslAccepts(makerKey, seal, copyOf(ByteView(made).subspan(1))));
  }
}

TEST_CASE("what our own check would refuse is not made") {
  const Signing signing;
  const auto good = signing.fields(Version::v4);
  auto fields = good;
  fields.signer = signing.world.unit;
  CHECK(refused(fields) == "signerKey");
  fields.signer = signing.world.maker;
  CHECK(refused(fields) == "signerNotListed");
  fields = good;
  fields.time = fields.seal.notAfter + 1;
  CHECK(refused(fields) == "time");
  fields = good;
  fields.dataHash.pop_back();
  CHECK(refused(fields) == "dataHash");
  fields = good;
  fields.propertyInfo = "第一页";
  CHECK(refused(fields) == "text");
  fields.propertyInfo.clear();
  CHECK(refused(fields) == "text");
  const auto draft = seal::prepareSignature(good).value();
  const auto foreign = Key::sm2().sign(trust::SignatureAlgorithm::sm2Sm3, draft.digest());
  CHECK(draft.finish(foreign).error().detail.at("reason") == "keyMismatch");
}

TEST_CASE("a signature cut anywhere: the step format; one bit changed anywhere: never valid") {
  const Signing signing;
  for (const auto version : {Version::v1, Version::v4, Version::v5}) {
    const auto good = signing.make(signing.fields(version));
    for (std::size_t i = 0; i < good.size(); ++i) {
      const auto cut = seal::checkSignature(ByteView(good).first(i), {}, now, std::nullopt, Strictness::lenient);
      REQUIRE(cut.failedStep == "format");
      auto changed = good;
      changed[i] = static_cast<std::uint8_t>(changed[i] ^ (1U << (i % 8)));
      CAPTURE(i);
      REQUIRE(signing.check(changed).outcome == Outcome::invalid);
    }
  }
}

TEST_CASE("a time later than now, and a signer whose certificate has ended since") {
  const Signing signing;
  const auto der = signing.make(signing.fields(Version::v4));
  const auto at = [&](Time when) {
    return seal::checkSignature(der, signing.world.anchors, when, sm3(signing.data), Strictness::strict);
  };
  CHECK(at(now - 1).failedStep == "time");
  CHECK(at(now).outcome == Outcome::valid);
  const auto later = at(signing.fields(Version::v4).seal.notAfter + day);  // the seal was good when used
  CHECK(later.outcome == Outcome::validWithNote);
  CHECK(later.notes == std::vector<std::string>{"sealExpiredLater"});
  CHECK(later.at == signing.fields(Version::v4).seal.notAfter + day);
}

TEST_CASE("a signature dated before its seal was made: version 5 refuses it, the others note it") {
  const Signing signing;
  for (const auto version : {Version::v1, Version::v4, Version::v5}) {
    CAPTURE(static_cast<int>(version));
    auto made = signing.world.fields(version);
    made.signers = {signing.signer};
    made.created = now - 1000;
    auto fields = signing.fields(version);
    fields.seal = seal::read(signing.world.make(made), Strictness::strict).value();
    fields.time = now - 1301;
    if (version == Version::v5) {
      CHECK(refused(fields) == "time");
      fields.time = now - 1300;  // clocks differ
      CHECK(signing.check(signing.make(fields)).outcome == Outcome::valid);
      continue;
    }
    CHECK(signing.check(signing.make(fields)).notes == std::vector<std::string>{"madeLater"});
  }
}

TEST_CASE("a maker whose certificate has ended since the signing is a note, in every version") {
  for (const auto version : {Version::v1, Version::v4, Version::v5}) {
    CAPTURE(static_cast<int>(version));
    Signing signing;
    const auto der = signing.make(signing.fields(version));
    const auto revoke = makeCrl(signing.world.rootKey, "Test Root", {{.serial = 2, .revoked = now + 100}}, now + day);
    signing.world.anchors.crls.push_back(trust::Crl::fromDer(revoke).value());
    const auto notes = [&](Time at) {
      const auto verdict = seal::checkSignature(der, signing.world.anchors, at, sm3(signing.data), Strictness::strict);
      CHECK(verdict.failedStep == "");
      return verdict.notes;
    };
    CHECK(notes(now + 50).empty());
    CHECK(notes(now + 200) == std::vector<std::string>{"makerRevokedLater"});
  }
}

TEST_CASE("a certificate that has expired since and was revoked before that: both are noted") {
  for (const auto version : {Version::v1, Version::v4, Version::v5}) {
    CAPTURE(static_cast<int>(version));
    Signing signing;
    auto& world = signing.world;
    world.maker = certify(world.makerKey, world.rootKey, {.subject = "Maker", .serial = 2, .notAfter = now + 150});
    signing.signer = certify(signing.key, world.rootKey, {.subject = "测试单位", .serial = 4, .notAfter = now + 150});
    const auto der = signing.make(signing.fields(version));
    const auto revoke = makeCrl(world.rootKey, "Test Root",
                                {{.serial = 2, .revoked = now + 100}, {.serial = 4, .revoked = now + 100}}, now + day);
    const auto notes = [&](Time at) {
      return seal::checkSignature(der, world.anchors, at, sm3(signing.data), Strictness::strict).notes;
    };
    CHECK(notes(now + 200) == std::vector<std::string>{"makerExpiredLater", "signerExpiredLater"});
    world.anchors.crls.push_back(trust::Crl::fromDer(revoke).value());
    CHECK(notes(now + 50).empty());
    CHECK(notes(now + 120) == std::vector<std::string>{"makerRevokedLater", "signerRevokedLater"});
    CHECK(notes(now + 200) == std::vector<std::string>{"makerExpiredLater", "makerRevokedLater", "signerExpiredLater",
                                                       "signerRevokedLater"});
  }
}

TEST_CASE("the version of a signature: the seal's, or leniently another that there is") {
  const Signing signing;
  namespace der = trust::der;
  const auto good = signing.make(signing.fields(Version::v4));
  auto outer = *der::inside(*der::only(good));
  auto signedPart = *outer.enter(der::tag::sequence);
  signedPart.next();
  const auto read = [&](std::int64_t version, ByteView more = {}) {
    const auto changed =
        der::sequence({der::sequence({der::encodeInteger(version), signedPart.rest(), more}), outer.rest()});
    const auto result = seal::readSignature(changed, Strictness::lenient);
    return result ? std::string(result->notes.empty() ? "" : result->notes.front())
                  : result.error().detail.at("reason");
  };
  CHECK(read(4) == "");
  for (const int other : {1, 2, 3, 5}) CHECK(read(other) == "signatureVersion");
  for (const std::int64_t unknown : {-1LL, 0LL, 6LL, 4LL + (1LL << 32)}) CHECK(read(unknown) == "versionUnknown");
  CHECK(read(4, der::element(der::tag::context(0), true, {})) == "malformed");  // [0] holds a list, if an empty one
  CHECK(read(4, der::element(der::tag::context(0), true, der::sequence({}))) == "");
}

TEST_CASE("the time stamp of the seal itself counts inside a signature as it does alone") {
  Signing signing;
  auto& world = signing.world;
  const StampAuthority authority(world.rootKey), stranger(Key::sm2());
  const auto plain = seal::encode(signing.seal(Version::v5));
  const auto value = seal::read(plain, Strictness::strict).value().signature;
  const auto signedWith = [&](const Bytes& token) {
    auto fields = signing.fields(Version::v5);
    fields.seal = seal::read(plain, Strictness::strict).value();
    fields.seal.timestamp = token;
    fields.seal.der = seal::encode(fields.seal);
    const auto alone = seal::check(fields.seal, world.anchors, now, Strictness::strict);
    const auto inside = signing.check(signing.make(fields));
    CHECK(alone.outcome == inside.outcome);
    CHECK(alone.failedStep == inside.failedStep);
    return inside;
  };
  const auto made = signing.seal(Version::v5).created;
  const auto good = signedWith(authority.token(value, made + 5));
  CHECK(good.outcome == Outcome::valid);
  CHECK(good.steps.size() == 10);
  const auto reason = [&](const Bytes& token) {
    const auto verdict = signedWith(token);
    CHECK(verdict.failedStep == "timestamp");
    return verdict.steps.back().reason;
  };
  CHECK(reason(authority.token(Bytes{1}, made + 5)) == "imprintMismatch");
  CHECK(reason(authority.token(value, made - 5)) == "earlier");
  CHECK(reason(stranger.token(value, made + 5)) == "badSignature");
  CHECK(reason(Bytes{0x30, 0}) == "notSignedData");
}

TEST_CASE("a time stamp over the value, and a token in the place of v1's time") {
  const Signing signing;
  const StampAuthority authority(signing.world.rootKey);
  auto signature = seal::readSignature(signing.make(signing.fields(Version::v4)), Strictness::strict).value();
  const auto stamped = [&](Time time, const Bytes& over) {
    signature.timestamp = authority.token(over, time);
    return seal::checkSignature(seal::encodeSignature(signature), signing.world.anchors, now + day, sm3(signing.data),
                                Strictness::strict);
  };
  const auto good = stamped(now + 5, signature.signature);
  CHECK(good.outcome == Outcome::valid);
  CHECK(good.steps.back().name == "timestamp");
  CHECK(stamped(now - 5, signature.signature).steps.back().reason == "earlier");
  CHECK(stamped(now + day + 301, signature.signature).steps.back().reason == "inFuture");
  CHECK(stamped(now + day + 300, signature.signature).outcome == Outcome::valid);  // clocks differ
  CHECK(stamped(now + 5, Bytes{1}).steps.back().reason == "imprintMismatch");

  namespace der = trust::der;
  const auto v1 = signing.make(signing.fields(Version::v1));
  auto outer = *der::inside(*der::only(v1));
  auto signedPart = *outer.enter(der::tag::sequence);
  const auto version = *signedPart.next(), theSeal = *signedPart.next();
  signedPart.next();
  const auto withToken = [&](const Bytes& token) {
    const auto changed = der::sequence({version.whole, theSeal.whole, der::encodeBits(token), signedPart.rest()});
    const auto scheme = trust::SignatureAlgorithm::sm2Sm3;
    const auto value = signing.key.sign(scheme, trust::digestToSign(signing.signer, scheme, changed).value());
    return der::sequence({changed, der::encodeBits(value)});
  };
  const auto token = authority.token(Bytes{1}, now);
  const auto read = seal::readSignature(withToken(token), Strictness::lenient);
  REQUIRE(read);
  CHECK(read->time == now);
  CHECK(read->notes == std::vector<std::string>{"timeToken"});
  const auto checkToken = [&](const Bytes& one) {
    return seal::checkSignature(withToken(one), signing.world.anchors, now, sm3(signing.data), Strictness::lenient);
  };
  CHECK(checkToken(token).notes == std::vector<std::string>{"timeToken"});
  CHECK(checkToken(token).outcome == Outcome::validWithNote);
  CHECK(checkToken(token).steps.back().name == "timestamp");
  const auto stranger = checkToken(StampAuthority(Key::sm2()).token(Bytes{1}, now));
  CHECK(stranger.failedStep == "timestamp");
  CHECK(stranger.steps.back().reason == "badSignature");
  auto broken = token;
  broken.back() ^= 1;  // of the token's own signature
  CHECK(checkToken(broken).failedStep == "timestamp");
}
