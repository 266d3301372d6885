// SPDX-License-Identifier: Apache-2.0
#include "trust/ocsp.h"

#include <doctest/doctest.h>
#include <openssl/pem.h>

#include "support/files.h"
#include "support/responder.h"
#include "trust/chain.h"

using namespace sealferry;
using namespace sealferry::test;
using Status = Answer::Status;

namespace {

struct World {
  Key rootKey, leafKey;
  trust::Certificate root = selfSigned(rootKey);
  trust::Certificate leaf = certify(leafKey, rootKey, {.subject = "Leaf", .serial = 7});
  trust::Anchors anchors{{root}, {}};

  explicit World(Key (*make)()) : rootKey(make()), leafKey(make()) {}
  Answer answer(Status status, Time revokedAt = 0) const { return {leaf, root, status, revokedAt}; }
  Responder ownResponder() const { return {rootKey, root}; }
  trust::ChainResult checkWith(ByteView response, Time at = now) const {
    auto with = anchors;
    with.ocspResponses.push_back(trust::OcspResponse::fromDer(response).value());
    return trust::checkChain(leaf, {}, with, at, {});
  }
};

Key rsa() { return Key::rsa(); }
Key ec() { return Key::ec(); }
Key sm2() { return Key::sm2(); }

std::string refusal(ByteView response) {
  const auto read = trust::OcspResponse::fromDer(response);
  return read ? std::string() : read.error().detail.at("reason");
}

void writeKey(const std::filesystem::path& path, const Key& key) {
  BIO* out = BIO_new_file(path.c_str(), "w");
  PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  BIO_free(out);
}

/// A response by `openssl ocsp`; SM2 it cannot.
Bytes opensslResponse(const World& world, const char* index) {
  const TemporaryFolder folder;
  const auto at = [&](const char* name) { return (folder / name).string(); };
  writeFile(folder / "root.pem", viewOf(world.root.pem()));
  writeFile(folder / "leaf.pem", viewOf(world.leaf.pem()));
  writeFile(folder / "index", viewOf(index));
  writeKey(folder / "key.pem", world.rootKey);
  REQUIRE(run("openssl ocsp -issuer " + at("root.pem") + " -cert " + at("leaf.pem") + " -reqout " + at("request")) ==
          0);
  REQUIRE(run("openssl ocsp -index " + at("index") + " -CA " + at("root.pem") + " -rsigner " + at("root.pem") +
              " -rkey " + at("key.pem") + " -reqin " + at("request") + " -ndays 1 -respout " + at("response")) == 0);
  return readFile(folder / "response");
}

}  // namespace

TEST_CASE("responses of the openssl command") {
  for (auto* make : {rsa, ec}) {
    const World world(make);
    const auto real = static_cast<Time>(std::time(nullptr));
    const auto good = opensslResponse(world, "V\t491231235959Z\t\t07\tunknown\t/O=Leaf\n");
    const auto checked = world.checkWith(good, real);
    CHECK(checked.trusted);
    CHECK(checked.revocationKnown);
    CHECK_FALSE(checked.crlOutdated);
    const auto revoked = opensslResponse(world, "R\t491231235959Z\t200102030405Z\t07\tunknown\t/O=Leaf\n");
    CHECK(world.checkWith(revoked, real).reason == "revoked");
  }
}

TEST_CASE("of every kind of key: good, revoked, revoked later, unknown") {
  for (auto* make : {rsa, ec, sm2}) {
    const World world(make);
    const auto responder = world.ownResponder();
    const auto good = world.checkWith(responder.response({world.answer(Status::good)}));
    CHECK(good.trusted);
    CHECK(good.revocationKnown);
    const auto response = responder.response({world.answer(Status::revoked, now - 30)});
    CHECK(world.checkWith(response).reason == "revoked");
    const auto before = world.checkWith(response, now - 31);
    CHECK(before.trusted);
    CHECK(before.revokedAt == now - 30);
    CHECK_FALSE(world.checkWith(responder.response({world.answer(Status::unknown)})).revocationKnown);
  }
}

TEST_CASE("the digests of a certificate's id") {
  const World world(sm2);
  for (const auto digest :
       {trust::DigestAlgorithm::sha1, trust::DigestAlgorithm::sha256, trust::DigestAlgorithm::sm3}) {
    auto answer = world.answer(Status::revoked, now - 30);
    answer.digest = digest;
    CHECK(world.checkWith(world.ownResponder().response({answer})).reason == "revoked");
  }
}

TEST_CASE("only the issuer, or whom it named, may answer") {
  const World world(sm2);
  const auto says = [&](const Responder& responder) {
    return world.checkWith(responder.response({world.answer(Status::revoked, now - 30)})).reason;
  };
  CHECK(says(namedResponder(world.rootKey, Key::sm2())) == "revoked");
  CHECK(says(namedResponder(world.rootKey, Key::rsa())) == "revoked");
  CHECK(says(namedResponder(world.rootKey, Key::sm2(), {.subject = "Anybody", .serial = 78})) == "");
  CHECK(says(namedResponder(Key::sm2(), Key::sm2())) == "");  // of another root
  CHECK(says({Key::sm2(), world.root}) == "");                // another key under the root's name
  CHECK(says(namedResponder(
            world.rootKey, Key::sm2(),
            {.subject = "Old", .serial = 79, .notAfter = now - day, .extendedKeyUsage = "OCSPSigning"})) == "");
}

TEST_CASE("a responder that was revoked answers no more") {
  World world(sm2);
  world.anchors.crls.push_back(
      trust::Crl::fromDer(makeCrl(world.rootKey, "Test Root", {{.serial = 77, .revoked = now - day}}, now + day))
          .value());
  const auto responder = namedResponder(world.rootKey, Key::sm2());
  CHECK(world.checkWith(responder.response({world.answer(Status::revoked, now - 30)})).trusted);
}

TEST_CASE("about another certificate, a response says nothing") {
  const World world(ec);
  auto answer = world.answer(Status::revoked, now - 30);
  answer.certificate = certify(world.leafKey, world.rootKey, {.subject = "Leaf", .serial = 8});
  CHECK_FALSE(world.checkWith(world.ownResponder().response({answer})).revocationKnown);
  const auto both = world.ownResponder().response({answer, world.answer(Status::good)});
  CHECK(world.checkWith(both).revocationKnown);
}

TEST_CASE("lists and responses: whichever says revoked, counts; an old good one is told") {
  World world(ec);
  const auto responder = world.ownResponder();
  const auto good = responder.response({world.answer(Status::good)});
  auto old = world.answer(Status::good);
  old.thisUpdate = now - 3 * day;
  old.nextUpdate = now - 2 * day;
  CHECK(world.checkWith(responder.response({old})).crlOutdated);
  old.nextUpdate.reset();  // then it was for a day
  CHECK(world.checkWith(responder.response({old})).crlOutdated);
  world.anchors.crls.push_back(trust::Crl::fromDer(makeCrl(world.rootKey, "Test Root", {}, now - 60)).value());
  CHECK_FALSE(world.checkWith(good).crlOutdated);
  world.anchors.crls.push_back(
      trust::Crl::fromDer(makeCrl(world.rootKey, "Test Root", {{.serial = 7, .revoked = now - 90}}, now + day))
          .value());
  CHECK(world.checkWith(good).reason == "revoked");
}

TEST_CASE("what is no answer") {
  const World world(sm2);
  auto responder = world.ownResponder();
  CHECK(refusal({}) == "malformed");
  CHECK(refusal(Bytes{0x30, 0x03, 0x0a, 0x01, 0x06}) == "notSuccessful");  // unauthorized
  CHECK(refusal(responder.response(std::vector(33, world.answer(Status::good)))) == "malformed");
  CHECK(refusal(Bytes(65'537)) == "tooLarge");
  responder.criticalExtension = true;
  CHECK(refusal(responder.response({world.answer(Status::good)})) == "criticalExtension");
}

TEST_CASE("cut or changed anywhere, a response says nothing else") {
  const World world(sm2);
  const auto good = namedResponder(world.rootKey, Key::sm2()).response({world.answer(Status::revoked, now - 30)});
  for (std::size_t i = 0; i < good.size(); ++i) {
    CAPTURE(i);
    REQUIRE_FALSE(trust::OcspResponse::fromDer(ByteView(good).first(i)));
    auto changed = good;
    changed[i] = static_cast<std::uint8_t>(changed[i] ^ (1U << (i % 8)));
    if (!trust::OcspResponse::fromDer(changed)) continue;
    const auto checked = world.checkWith(changed);
    CHECK((!checked.revokedAt || checked.revokedAt == now - 30));
  }
}

TEST_CASE("several in a PEM text") {
  const World world(ec);
  const auto response = world.ownResponder().response({world.answer(Status::good)});
  const auto pem = "-----BEGIN OCSP RESPONSE-----\n" + toBase64(response) + "\n-----END OCSP RESPONSE-----\n";
  CHECK(trust::readOcspResponses(response)->size() == 1);
  CHECK(trust::readOcspResponses(viewOf(pem + pem)).has_value());
  CHECK_FALSE(trust::readOcspResponses(viewOf("-----BEGIN X-----\nAA==\n-----END X-----\n")));
}
