// SPDX-License-Identifier: Apache-2.0
#include "trust/chain.h"

#include <doctest/doctest.h>

#include "support/files.h"
#include "support/pki.h"
#include "trust/der.h"
#include "trust/signature.h"

using namespace sealferry;
using namespace sealferry::test;
using trust::Purpose;

namespace {

struct Pki {
  Key rootKey, middleKey, leafKey;
  trust::Certificate root, middle, leaf;
  trust::Anchors anchors;

  explicit Pki(Key (*make)())
      : rootKey(make()),
        middleKey(make()),
        leafKey(make()),
        root(selfSigned(rootKey)),
        middle(certify(middleKey, rootKey,
                       {.subject = "Middle", .serial = 5, .authority = true, .keyUsage = "keyCertSign,cRLSign"})),
        leaf(certify(leafKey, middleKey,
                     {.issuer = "Middle", .serial = 7, .notBefore = now - day, .notAfter = now + day})),
        anchors{{root}, {}} {}

  trust::ChainResult check(Time at = now, const Purpose& purpose = {}) const {
    return trust::checkChain(leaf, std::vector{middle}, anchors, at, purpose);
  }
  void revoke(const Key& issuer, const std::string& name, std::vector<Entry> entries, Time nextUpdate = now + day) {
    anchors.crls.push_back(trust::Crl::fromDer(makeCrl(issuer, name, entries, nextUpdate)).value());
  }
};

/// The key usage of an authority, and no basicConstraints (the first extension) that say it is one. SM2.
trust::Certificate withoutConstraints(const trust::Certificate& authority, const Key& key,
                                      const trust::Certificate& root) {
  namespace der = trust::der;
  auto outer = *der::Reader(authority.der()).enter(der::tag::sequence);
  auto body = *outer.enter(der::tag::sequence);
  const auto algorithm = copyOf(outer.next()->whole);
  std::vector<Bytes> members;
  while (!body.nextIs(der::tag::context(3))) members.push_back(copyOf(body.next()->whole));
  auto extensions = *body.enter(der::tag::context(3))->enter(der::tag::sequence);
  extensions.next();
  members.push_back(der::element(der::tag::context(3), true, der::sequence({extensions.rest()})));
  const auto changed = der::sequenceOf(members);
  const auto scheme = trust::SignatureAlgorithm::sm2Sm3;
  const auto value = key.sign(scheme, trust::digestToSign(root, scheme, changed).value());
  return trust::Certificate::fromDer(der::sequence({changed, algorithm, der::encodeBits(value)})).value();
}

Key rsa() { return Key::rsa(); }
Key ec() { return Key::ec(); }
Key sm2() { return Key::sm2(); }

}  // namespace

TEST_CASE("a chain of each kind, with lists") {
  for (auto* make : {rsa, ec, sm2}) {
    Pki pki(make);
    const auto plain = pki.check();
    CHECK(plain.reason == "");
    CHECK(plain.trusted);
    CHECK(plain.path.size() == 3);
    CHECK_FALSE(plain.revocationKnown);

    pki.revoke(pki.rootKey, "Test Root", {});
    pki.revoke(pki.middleKey, "Middle", {{.serial = 7, .revoked = now - 100}});
    CHECK(pki.check().reason == "revoked");
    CHECK(pki.check().revocationKnown);
    const auto earlier = pki.check(now - 200);
    CHECK(earlier.trusted);
    CHECK(earlier.revokedAt == now - 100);
  }
}

TEST_CASE("a revoked intermediate, an outdated list, a forged list") {
  Pki pki(sm2);
  SUBCASE("intermediate") {
    pki.revoke(pki.rootKey, "Test Root", {{.serial = 5, .revoked = now - 100}});
    CHECK(pki.check().reason == "revoked");
  }
  SUBCASE("outdated lists still revoke") {
    pki.revoke(pki.middleKey, "Middle", {{.serial = 7, .revoked = now - 100}}, now - 10);
    CHECK(pki.check().reason == "revoked");
    CHECK(pki.check().crlOutdated);
  }
  SUBCASE("a list of somebody else's making is no list") {
    pki.revoke(Key::sm2(), "Middle", {{.serial = 7, .revoked = now - 100}});
    CHECK(pki.check().trusted);
    CHECK_FALSE(pki.check().revocationKnown);
  }
}

TEST_CASE("what does not hold") {
  Pki pki(sm2);
  CHECK(pki.check(now - 2 * day).reason == "notYetValid");
  CHECK(pki.check(now + 2 * day).reason == "expired");
  CHECK(pki.check(now, {.use = Purpose::Use::encryption}).reason == "badUsage");
  CHECK(pki.check(now, {.extendedKeyUsage = "1.2.3"}).reason == "badUsage");
  CHECK(trust::checkChain(pki.leaf, {}, pki.anchors, now, {}).reason == "untrusted");
  CHECK(trust::checkChain(pki.leaf, std::vector{pki.middle}, {}, now, {}).reason == "untrusted");

  const trust::Anchors sameName{{selfSigned(Key::sm2())}, {}};
  CHECK_FALSE(trust::checkChain(pki.leaf, std::vector{pki.middle}, sameName, now, {}).trusted);
  const auto notAuthority = certify(pki.middleKey, pki.rootKey, {.subject = "Middle", .keyUsage = ""});
  CHECK(trust::checkChain(pki.leaf, std::vector{notAuthority}, pki.anchors, now, {}).reason == "badAuthority");
  const auto usageAlone = withoutConstraints(pki.middle, pki.rootKey, pki.root);
  CHECK(trust::checkChain(pki.leaf, std::vector{usageAlone}, pki.anchors, now, {}).reason == "badAuthority");
  const auto unknownCritical = certify(pki.leafKey, pki.rootKey, {.criticalExtra = "1.2.3.4"});
  CHECK(trust::checkChain(unknownCritical, {}, pki.anchors, now, {}).reason == "badCertificate");
  const auto forged = certify(pki.leafKey, pki.leafKey, {.issuer = "Test Root"});
  CHECK(trust::checkChain(forged, {}, pki.anchors, now, {}).reason == "badSignature");
  const auto small = Key::rsa(1024);
  CHECK(trust::checkChain(certify(small, pki.rootKey, {}), {}, pki.anchors, now, {}).reason == "weakAlgorithm");
}

TEST_CASE("a certificate is good from its first second through its last, wherever it stands in the path") {
  for (auto* make : {rsa, ec, sm2}) {
    Pki pki(make);
    CHECK(pki.check(now - day).trusted);
    CHECK(pki.check(now - day - 1).reason == "notYetValid");
    CHECK(pki.check(now + day).trusted);
    CHECK(pki.check(now + day + 1).reason == "expired");
    pki.middle = certify(pki.middleKey, pki.rootKey,
                         {.subject = "Middle", .notAfter = now, .authority = true, .keyUsage = "keyCertSign"});
    CHECK(pki.check(now).trusted);
    CHECK(pki.check(now + 1).reason == "expired");
    // Of two certificates of one authority the one that still lasts is taken.
    const auto renewed = certify(pki.middleKey, pki.rootKey,
                                 {.subject = "Middle", .serial = 6, .authority = true, .keyUsage = "keyCertSign"});
    const std::vector both{pki.middle, renewed};
    for (const Time at : {now, now + 1}) CHECK(trust::checkChain(pki.leaf, both, pki.anchors, at, {}).trusted);
  }
}

TEST_CASE("an anchor is trusted as it is, itself or above a leaf") {
  Pki pki(ec);
  const trust::Anchors middleOnly{{pki.middle}, {}};
  CHECK(trust::checkChain(pki.leaf, {}, middleOnly, now, {}).trusted);
}

TEST_CASE("an anchor needs no usage for issuing, but has to be an authority; who stands below it needs both") {
  for (auto* make : {rsa, ec, sm2}) {
    Pki pki(make);
    const auto bare = [&](bool authority) {
      return certify(pki.rootKey, pki.rootKey, {.subject = "Test Root", .issuer = "Test Root", .authority = authority});
    };
    pki.anchors.roots = {bare(true)};
    CHECK(pki.check().reason == "");
    pki.anchors.roots = {bare(false)};
    CHECK(pki.check().reason == "badAuthority");
    pki.anchors.roots = {pki.root};
    pki.middle = certify(pki.middleKey, pki.rootKey, {.subject = "Middle", .authority = true});
    CHECK(pki.check().reason == "badAuthority");
    pki.anchors.roots.push_back(pki.middle);  // its root stands beside it: no anchor
    CHECK(trust::checkChain(pki.leaf, {}, pki.anchors, now, {}).reason == "badAuthority");
  }
}

TEST_CASE("an authority named beside its root is still bound by what the root says of it") {
  for (auto* make : {rsa, ec, sm2}) {
    Pki pki(make);
    pki.anchors.roots.push_back(pki.middle);
    const auto reason = [&](const trust::Certificate& leaf) {
      return trust::checkChain(leaf, {}, pki.anchors, now, {}).reason;
    };
    CHECK(reason(pki.leaf) == "");
    CHECK(trust::checkChain(pki.leaf, {}, pki.anchors, now, {}).path.size() == 3);
    pki.revoke(pki.rootKey, "Test Root", {{.serial = 5, .revoked = now - 100}});
    CHECK(reason(pki.leaf) == "revoked");
    pki.anchors.roots = {pki.middle};  // by itself it is trusted as it is
    CHECK(reason(pki.leaf) == "");
    // A root of the same name that did not issue it is none above it.
    pki.anchors.roots = {pki.middle, selfSigned(make())};
    CHECK(reason(pki.leaf) == "");
  }
}

TEST_CASE("RSA below an SM2 root, and the other way round") {
  const auto sm2Root = Key::sm2(), rsaRoot = Key::rsa();
  const trust::Anchors anchors{{selfSigned(sm2Root, "S"), selfSigned(rsaRoot, "R")}, {}};
  CHECK(trust::checkChain(certify(rsaRoot, sm2Root, {.issuer = "S"}), {}, anchors, now, {}).reason == "");
  CHECK(trust::checkChain(certify(sm2Root, rsaRoot, {.issuer = "R"}), {}, anchors, now, {}).reason == "");
}

TEST_CASE("the shared test PKI, made by another implementation") {
  const auto data = sharedData();
  if (!data) {
    MESSAGE("skipped: no shared test data");
    return;
  }
  const auto ca = *data / "seals/ca";
  const auto load = [&](const char* name) { return trust::readCertificates(readFile(ca / name))->front(); };
  const trust::Anchors anchors{{load("root.cer")}, trust::readCrls(readFile(ca / "root.crl")).value()};
  const auto reason = [&](const char* name, Time at) { return checkChain(load(name), {}, anchors, at, {}).reason; };
  CHECK(reason("maker.cer", now) == "");
  CHECK(reason("signer-sign.cer", now) == "");
  CHECK(reason("maker-expired.cer", now) == "expired");
  CHECK(reason("maker-enconly.cer", now) == "badUsage");
  CHECK(reason("maker-rogue.cer", now) != "");
  CHECK(reason("signer-revoked.cer", now) == "revoked");
  CHECK(reason("signer-revoked.cer", *fromRfc3339("2025-03-01T00:00:00Z")) == "");
}
