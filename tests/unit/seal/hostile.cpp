// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "support/seals.h"
#include "trust/der.h"

using namespace sealferry;
using namespace sealferry::test;
using seal::Outcome;
using seal::Strictness;
using seal::Version;
namespace der = trust::der;

TEST_CASE("cut anywhere: the step format") {
  const Maker world;
  for (const auto version : {Version::v1, Version::v4, Version::v5}) {
    const auto good = world.make(world.fields(version));
    for (std::size_t i = 0; i < good.size(); ++i) {
      const auto verdict = seal::check(ByteView(good).first(i), world.anchors, now, Strictness::lenient);
      REQUIRE(verdict.failedStep == "format");
    }
  }
}

TEST_CASE("one byte changed anywhere: never valid") {
  const Maker world;
  for (const auto version : {Version::v1, Version::v4, Version::v5}) {
    const auto good = world.make(world.fields(version));
    for (std::size_t i = 0; i < good.size(); ++i) {
      for (const int flip : {0x01, 0x20, 0x80}) {
        auto changed = good;
        changed[i] = static_cast<std::uint8_t>(changed[i] ^ flip);
        CAPTURE(i);
        REQUIRE(seal::check(changed, world.anchors, now, Strictness::lenient).outcome == Outcome::invalid);
      }
    }
  }
}

TEST_CASE("counts are capped") {
  const Maker world;
  auto seal = seal::read(world.make(world.fields()), Strictness::strict).value();
  const auto reason = [](const seal::Seal& one) {
    return seal::read(seal::encode(one), Strictness::lenient).error().detail.at("reason");
  };
  auto many = seal;
  many.signers.entries.assign(65, world.unit.der());
  CHECK(reason(many) == "malformed");
  many.signers.entries.resize(64);
  CHECK(seal::read(seal::encode(many), Strictness::lenient));
  auto extended = seal;
  extended.extensions.assign(33, {"1.2.3", false, {}});
  CHECK(reason(extended) == "malformed");
  auto none = seal;
  none.signers.entries.clear();
  CHECK(reason(none) == "emptyCertificateList");
  CHECK(seal::read(Bytes(2'100'000), Strictness::lenient).error().detail.at("reason") == "tooLarge");
}

TEST_CASE("a list holds what its type says: certificates, or digests of SM3's size") {
  const Maker world;
  const auto good = seal::read(world.make(world.fields()), Strictness::strict).value();
  const auto reads = [&](seal::CertificateList::Kind kind, const Bytes& entry, const std::string& type = {}) {
    auto seal = good;
    seal.signers = {
        kind, {entry}, kind == seal::CertificateList::Kind::digests ? std::vector{type} : std::vector<std::string>{}};
    const auto read = seal::read(seal::encode(seal), Strictness::lenient);
    return read ? std::string{} : read.error().detail.at("reason");
  };
  constexpr auto certificates = seal::CertificateList::Kind::certificates,
                 digests = seal::CertificateList::Kind::digests;
  const auto unit = world.unit.der();
  const auto digest = der::sequence({der::encodeText(der::tag::printableString, "SM3"), der::encodeOctets(Bytes(32))});
  CHECK(reads(certificates, unit) == "");
  CHECK(reads(certificates, digest) == "malformed");
  CHECK(reads(certificates, Bytes(32)) == "malformed");
  CHECK(reads(certificates, der::sequence({})) == "malformed");
  CHECK(reads(certificates, der::join({unit, Bytes{0}})) == "malformed");
  CHECK(reads(digests, Bytes(32), "SM3") == "");
  CHECK(reads(digests, Bytes(31), "SM3") == "malformed");
  CHECK(reads(digests, Bytes(64), "own") == "");
}

TEST_CASE("deviations of the field, each under its name") {
  const Maker world;
  const auto good = seal::read(world.make(world.fields(Version::v5)), Strictness::strict).value();
  const auto outer = der::only(good.der);
  der::Reader members(outer->content);
  const auto info = *members.next();
  const auto rest = members.rest();

  const auto outcome = [](const Bytes& bytes, const std::string& name) {
    const auto lenient = seal::read(bytes, Strictness::lenient);
    REQUIRE(lenient);
    CHECK(lenient->notes == std::vector<std::string>{name});
    const auto strict = seal::read(bytes, Strictness::strict);
    CHECK(strict.error().detail.at("deviation") == name);
  };
  const auto withExtensions = [&](ByteView extensions) {
    return der::sequence({der::element(der::tag::sequence, true, der::join({info.content, extensions})), rest});
  };
  const auto list = der::sequence({der::sequence({der::encodeObjectIdentifier("1.2.3"), der::encodeOctets({})})});
  outcome(withExtensions(der::element(der::tag::context(0), true, list)), "extensionsWrapped");
  outcome(withExtensions(der::encodeOctets(list)), "extensionsWrapped");
  auto application = der::element(der::tag::context(0), true, list);
  application[0] = 0x60;  // [APPLICATION 0]
  CHECK_FALSE(seal::read(withExtensions(application), Strictness::lenient));
  outcome(der::sequence({info.whole, rest, der::encodeBits(Bytes{0x30, 0})}), "timestampUntagged");
  CHECK_FALSE(seal::read(withExtensions(der::encodeInteger(1)), Strictness::lenient));

  auto v1 = seal::read(world.make(world.fields(Version::v1)), Strictness::strict).value();
  const auto header = toHex(v1.der);
  auto second = header;
  second.replace(second.find("1602455302010"), 14, "16024553020102");
  outcome(*fromHex(second), "headerVersion");
}
