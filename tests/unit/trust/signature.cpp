// SPDX-License-Identifier: Apache-2.0
#include "trust/signature.h"

#include <doctest/doctest.h>

#include "support/pki.h"

using namespace sealferry;
using namespace sealferry::test;
using trust::SignatureAlgorithm;

TEST_CASE("every algorithm: the digest goes to the key, the value verifies, nothing else does") {
  const auto rsa = Key::rsa(), ec = Key::ec(), sm2 = Key::sm2();
  const auto message = copyOf(viewOf("what is signed"));
  for (const auto algorithm :
       {SignatureAlgorithm::rsaSha256, SignatureAlgorithm::rsaSha384, SignatureAlgorithm::rsaSha512,
        SignatureAlgorithm::rsaPssSha256, SignatureAlgorithm::rsaPssSha384, SignatureAlgorithm::rsaPssSha512,
        SignatureAlgorithm::ecdsaSha256, SignatureAlgorithm::ecdsaSha384, SignatureAlgorithm::ecdsaSha512,
        SignatureAlgorithm::sm2Sm3}) {
    CAPTURE(trust::nameOf(algorithm));
    const auto kind = trust::keyKindFor(algorithm);
    const auto& key = kind == trust::KeyKind::rsa ? rsa : kind == trust::KeyKind::sm2 ? sm2 : ec;
    const auto& other = kind == trust::KeyKind::rsa ? ec : rsa;
    const auto certificate = selfSigned(key);
    const auto digest = trust::digestToSign(certificate, algorithm, message);
    REQUIRE(digest);
    auto value = key.sign(algorithm, *digest);
    CHECK(trust::verifySignature(certificate, algorithm, message, value));
    CHECK_FALSE(trust::verifySignature(certificate, algorithm, viewOf("something else"), value));
    CHECK_FALSE(trust::verifySignature(selfSigned(other), algorithm, message, value));
    CHECK(trust::digestToSign(selfSigned(other), algorithm, message).error().detail.at("reason") == "keyKind");
    value.back() ^= 1;
    CHECK_FALSE(trust::verifySignature(certificate, algorithm, message, value));
    CHECK_FALSE(trust::verifySignature(certificate, algorithm, message, {}));
  }
}
