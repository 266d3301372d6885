// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "support/seals.h"

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

TEST_CASE("an outdated list is a note") {
  Maker world;
  world.anchors.crls.push_back(trust::Crl::fromDer(makeCrl(world.rootKey, "Test Root", {}, now - 10)).value());
  const auto verdict = checked(world.make(world.fields()), world.anchors);
  CHECK(verdict.outcome == Outcome::validWithNote);
  CHECK(verdict.notes == std::vector<std::string>{"crlOutdated"});
}
