// SPDX-License-Identifier: Apache-2.0
#include "trust/certificate.h"

#include <doctest/doctest.h>

#include "base/digest.h"
#include "support/pki.h"

using namespace sealferry;
using namespace sealferry::test;

TEST_CASE("what a certificate says") {
  const auto root = Key::ec();
  const auto key = Key::rsa();
  const auto certificate = certify(key, root,
                                   {.subject = "福建省测试公司",
                                    .serial = 0x1a2b,
                                    .notBefore = now,
                                    .notAfter = now + day,
                                    .keyUsage = "critical,keyEncipherment",
                                    .extendedKeyUsage = "2.25.311528060359796806190005305682053692929"});
  CHECK(certificate.unitName() == "福建省测试公司");
  CHECK(certificate.subject() == "O=福建省测试公司");
  CHECK(certificate.issuer() == "O=Test Root");
  CHECK(certificate.serialNumber() == "1a2b");
  CHECK(certificate.notBefore() == now);
  CHECK(certificate.notAfter() == now + day);
  CHECK(certificate.keyKind() == trust::KeyKind::rsa);
  CHECK(certificate.keyBits() == 2048);
  CHECK_FALSE(certificate.maySign());
  CHECK(certificate.mayEncrypt());
  CHECK_FALSE(certificate.isAuthority());
  CHECK(certificate.extendedKeyUsages() == std::vector<std::string>{"2.25.311528060359796806190005305682053692929"});
  CHECK(certificate.sha256() == sha256(certificate.der()));
  CHECK(usualAlgorithm(certificate) == trust::SignatureAlgorithm::rsaSha256);
}

TEST_CASE("kinds of keys") {
  const auto sm2 = selfSigned(Key::sm2());
  CHECK(sm2.keyKind() == trust::KeyKind::sm2);
  CHECK(sm2.isAuthority());
  CHECK(usualAlgorithm(sm2) == trust::SignatureAlgorithm::sm2Sm3);
  CHECK(usualAlgorithm(selfSigned(Key::ec())) == trust::SignatureAlgorithm::ecdsaSha256);
  CHECK(usualAlgorithm(selfSigned(Key::ec("P-384"))) == trust::SignatureAlgorithm::ecdsaSha384);
}

TEST_CASE("PEM both ways, and only whole DER") {
  const auto one = selfSigned(Key::ec(), "One");
  const auto two = selfSigned(Key::ec(), "Two");
  const auto both = trust::readCertificates(viewOf("comment\n" + one.pem() + two.pem()));
  REQUIRE(both);
  REQUIRE(both->size() == 2);
  CHECK((*both)[1] == two);
  CHECK(trust::readCertificates(one.der())->front() == one);
  CHECK_FALSE(trust::readCertificates(viewOf(one.pem() + "-----BEGIN CERTIFICATE-----\n!!")));

  auto trailing = one.der();
  trailing.push_back(0);
  CHECK(trust::Certificate::fromDer(trailing).error().code == ErrorCode::certificate_invalid);
  CHECK_FALSE(trust::Certificate::fromDer(ByteView(one.der()).first(one.der().size() - 1)));
  CHECK(trust::Certificate::fromDer(Bytes(70'000)).error().detail.at("reason") == "tooLarge");
}

TEST_CASE("a certificate cut or changed anywhere never crashes the reader") {
  const auto der = certify(Key::sm2(), Key::sm2(), {}).der();
  for (std::size_t i = 0; i < der.size(); ++i) {
    CHECK_FALSE(trust::Certificate::fromDer(ByteView(der).first(i)));
    auto changed = der;
    changed[i] ^= 0x41;
    (void)trust::Certificate::fromDer(changed);
  }
}
