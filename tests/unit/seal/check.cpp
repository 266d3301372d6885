// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>

#include "support/responder.h"
#include "support/seals.h"
#include "trust/der.h"
#include "trust/signature.h"

using namespace sealferry;
using namespace sealferry::test;
using seal::Outcome;
using seal::Strictness;
using seal::Version;

namespace {

seal::Verdict checked(const Bytes& der, const trust::Anchors& anchors, Time at = now) {
  return seal::check(der, anchors, at, Strictness::lenient);
}

std::string failure(const seal::Verdict& verdict) {
  return verdict.failedStep + (verdict.steps.empty() ? "" : ":" + verdict.steps.back().reason);
}

/// A seal as a maker with odd clocks signs it: ours would not.
Bytes madeAt(const Maker& world, Version version, Time created) {
  auto seal = seal::read(world.make(world.fields(version)), Strictness::strict).value();
  seal.created = created;
  const auto scheme = trust::SignatureAlgorithm::sm2Sm3;
  const auto unsignedSeal = seal::read(seal::encode(seal), Strictness::strict).value();
  const auto digest = trust::digestToSign(world.maker, scheme, seal::signedBytes(unsignedSeal)).value();
  seal.signature = world.makerKey.sign(scheme, digest);
  return seal::encode(seal);
}

}  // namespace

TEST_CASE("each step fails on its own ground") {
  const Maker world;
  const auto der = world.make(world.fields());
  CHECK(failure(checked(der, world.anchors)) == ":");
  CHECK(failure(checked({}, world.anchors)) == "format:malformed");
  CHECK(failure(checked(der, {})) == "makerCert:untrusted");
  CHECK(failure(checked(der, world.anchors, now - 2 * day)) == "sealValidity:notYetValid");
  CHECK(failure(checked(der, world.anchors, now + 366 * day)) == "sealValidity:expired");
}

TEST_CASE(
    "when it was made: not after its end, nor after the time looked at; before its beginning or after is all one") {
  const Maker world;
  const auto made = [&](Version version, Time created) {
    return checked(madeAt(world, version, created), world.anchors);
  };
  const auto end = world.fields().notAfter;
  for (const auto version : {Version::v1, Version::v4, Version::v5}) {
    CAPTURE(static_cast<int>(version));
    for (const Time good : {now - 100 * day, now - day + 8 * 3600, now, now + 300})
      CHECK(made(version, good).outcome == Outcome::valid);
    for (const auto& [created, word] :
         {std::pair<Time, std::string>{now + 301, "madeLater"}, {end, "madeLater"}, {end + 1, "madeAfterEnd"}}) {
      const auto verdict = made(version, created);
      if (version == Version::v5) {
        CHECK(failure(verdict) == "sealValidity:" + word);
      } else {
        CHECK(verdict.outcome == Outcome::validWithNote);
        CHECK(verdict.notes == std::vector{word});
      }
    }
  }
}

TEST_CASE("sizes against 国发〔1999〕25号, by type of seal") {
  const Maker world;
  const auto notes = [&](int width, int height, Version version = Version::v4, int type = 1) {
    auto fields = world.fields(version);
    fields.type = type;
    fields.picture.widthMm = width;
    fields.picture.heightMm = height;
    return checked(world.make(fields), world.anchors).notes;
  };
  const std::vector<std::string> larger{"pictureLargerThanRule"};
  for (const int side : {18, 38, 42, 45, 50, 60}) CHECK(notes(side, side).empty());
  for (const int side : {46, 49, 51, 58, 61}) CHECK(notes(side, side) == larger);
  CHECK(notes(40, 30).empty());
  CHECK(notes(60, 20).empty());
  CHECK(notes(61, 20) == larger);
  CHECK(notes(58, 58, Version::v1) == larger);
  CHECK(notes(58, 58, Version::v1, 2).empty());
  CHECK(notes(58, 58, Version::v5, 2) == larger);
}

TEST_CASE("a picture of another type than declared, or none, is a verdict") {
  const Maker world;
  auto seal = seal::read(world.make(world.fields()), Strictness::strict).value();
  const auto verdict = [&](const std::string& type, const Bytes& data) {
    auto other = seal;
    other.picture.type = type;
    other.picture.data = data;
    return failure(checked(seal::encode(other), world.anchors));
  };
  CHECK(verdict("JPG", tinyPng()) == "picture:pictureTypeMismatch");
  CHECK(verdict("ofd", tinyPng()) == "picture:pictureTypeMismatch");
  CHECK(verdict("PNG", copyOf(viewOf("GIF89a"))) == "picture:pictureMalformed");
  const auto package = fromHex("504b0304140000000000000000000000000000000000000000000000000000").value();
  CHECK(verdict("OFD", package) == "sealSignature:badSignature");  // recognised; what follows is the changed bytes
  CHECK(verdict("PNG", package) == "picture:pictureTypeMismatch");
}

TEST_CASE("another picture in a signed seal") {
  const Maker world;
  auto seal = seal::read(world.make(world.fields()), Strictness::strict).value();
  seal.picture.data.back() ^= 1;
  CHECK(failure(checked(seal::encode(seal), world.anchors)) == "sealSignature:badSignature");
}

TEST_CASE("a maker revoked: v4 refuses, v5 notes it if the seal is older") {
  Maker world;
  world.anchors.crls.push_back(
      trust::Crl::fromDer(makeCrl(world.rootKey, "Test Root", {{.serial = 2, .revoked = now - 100}}, now + day))
          .value());
  CHECK(failure(checked(world.make(world.fields()), world.anchors)) == "makerCert:revoked");
  const auto noted = checked(world.make(world.fields(Version::v5)), world.anchors);
  CHECK(noted.outcome == Outcome::validWithNote);
  CHECK(noted.notes == std::vector<std::string>{"makerRevokedLater"});
  auto late = world.fields(Version::v5);
  late.created = now - 50;
  CHECK(failure(checked(world.make(late), world.anchors)) == "makerCert:revoked");
}

TEST_CASE("a maker that may not sign, or has an RSA key") {
  const Maker world;
  auto seal = seal::read(world.make(world.fields()), Strictness::strict).value();
  seal.makerCertificate = world.unit.der();
  CHECK(failure(checked(seal::encode(seal), world.anchors)) == "sealSignature:badSignature");
  seal.makerCertificate = {0x30, 0x00};
  CHECK(failure(checked(seal::encode(seal), world.anchors)) == "sealSignature:makerUnreadable");
}

TEST_CASE("lists that say nothing of the maker are a note, and none at all is none") {
  Maker world;
  const auto notes = [&](Version version) { return checked(world.make(world.fields(version)), world.anchors).notes; };
  for (const auto version : {Version::v1, Version::v4, Version::v5}) CHECK(notes(version).empty());
  world.anchors.crls.push_back(trust::Crl::fromDer(makeCrl(Key::sm2(), "Test Root", {}, now + day)).value());
  for (const auto version : {Version::v1, Version::v4, Version::v5})
    CHECK(notes(version) == std::vector<std::string>{"revocationUnknown"});
  world.anchors.crls.push_back(trust::Crl::fromDer(makeCrl(world.rootKey, "Test Root", {}, now + day)).value());
  CHECK(notes(Version::v4).empty());
}

TEST_CASE("a strict check names what it refuses, and the version") {
  const Maker world;
  namespace der = trust::der;
  auto fields = world.fields();
  fields.notAfter = 4'000'000'000 - 1;
  const auto good = world.make(fields);
  auto outer = *der::inside(*der::only(good));
  const auto info = *outer.next();
  auto text = copyOf(info.whole);
  // the vendor, IA5String in the header, as a PrintableString
  const auto vendor = der::encodeText(der::tag::ia5String, "SEALFERRY");
  const auto found = std::ranges::search(text, vendor);
  found.front() = der::tag::printableString;
  const auto verdict = seal::check(der::sequence({text, outer.rest()}), world.anchors, now, Strictness::strict);
  CHECK(failure(verdict) == "format:deviation");
  CHECK(verdict.notes == std::vector<std::string>{"textType"});
  CHECK(verdict.version == 4);
}

TEST_CASE("an outdated list is a note") {
  Maker world;
  world.anchors.crls.push_back(trust::Crl::fromDer(makeCrl(world.rootKey, "Test Root", {}, now - 10)).value());
  const auto verdict = checked(world.make(world.fields()), world.anchors);
  CHECK(verdict.outcome == Outcome::validWithNote);
  CHECK(verdict.notes == std::vector<std::string>{"crlOutdated"});
}

TEST_CASE("a list is outdated by the time of the verdict, also where version 5 looks at the making") {
  Maker world;
  world.anchors.crls.push_back(trust::Crl::fromDer(makeCrl(world.rootKey, "Test Root", {}, now - 10)).value());
  auto fields = world.fields(Version::v5);
  fields.created = now - 20;
  CHECK(checked(world.make(fields), world.anchors).notes == std::vector<std::string>{"crlOutdated"});
}

TEST_CASE("a maker whose certificate has ended since: v4 refuses, v5 notes it; ended when it signed, both refuse") {
  Maker world;
  world.maker = certify(world.makerKey, world.rootKey, {.subject = "Maker", .serial = 2, .notAfter = now - 10});
  CHECK(failure(checked(world.make(world.fields()), world.anchors)) == "makerCert:expired");
  const auto noted = checked(world.make(world.fields(Version::v5)), world.anchors);
  CHECK(noted.outcome == Outcome::validWithNote);
  CHECK(noted.notes == std::vector<std::string>{"makerExpiredLater"});
  auto late = seal::read(world.make(world.fields(Version::v5)), Strictness::strict).value();
  CHECK(failure(checked(late.der, world.anchors, now - 2 * day)) == "sealValidity:notYetValid");
  world.maker = certify(world.makerKey, world.rootKey,
                        {.subject = "Maker", .serial = 2, .notBefore = now - 2 * day, .notAfter = now - 10});
  auto fields = world.fields(Version::v5);
  fields.created = fields.notBefore = now - 2 * day;
  const auto der = world.make(fields);
  world.anchors.roots = {certify(world.rootKey, world.rootKey,
                                 {.subject = "Test Root",
                                  .issuer = "Test Root",
                                  .notBefore = now - day,
                                  .authority = true,
                                  .keyUsage = "critical,keyCertSign,cRLSign"})};
  CHECK(failure(checked(der, world.anchors)) == "makerCert:notYetValid");  // the root, when the seal was made
}

TEST_CASE("what OCSP says of the maker counts as lists do") {
  Maker world;
  const Responder responder{world.rootKey, world.root};
  world.anchors.ocspResponses.push_back(
      trust::OcspResponse::fromDer(responder.response({{world.maker, world.root, Answer::Status::revoked, now - 100}}))
          .value());
  CHECK(failure(checked(world.make(world.fields()), world.anchors)) == "makerCert:revoked");
  const auto noted = checked(world.make(world.fields(Version::v5)), world.anchors);
  CHECK(noted.notes == std::vector<std::string>{"makerRevokedLater"});
}
