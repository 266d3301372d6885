// SPDX-License-Identifier: Apache-2.0
#include "trust/cms.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/digest.h"
#include "support/files.h"
#include "support/pki.h"
#include "support/stamp_authority.h"

using namespace sealferry;
using namespace sealferry::test;
using trust::SignatureAlgorithm;
namespace cms = trust::cms;

namespace {

struct Signer {
  Key root = Key::ec();
  Key key;
  trust::Certificate certificate;
  explicit Signer(Key own) : key(std::move(own)), certificate(certify(key, root, {})) {}
  std::string rootPem() const { return selfSigned(root).pem(); }
};

const Bytes content = copyOf(viewOf("{\"type\":\"test\"}"));

/// openssl cms -verify, in the form PDF readers and portals use it.
bool opensslAccepts(const Signer& signer, ByteView der, bool detached) {
  const TemporaryFolder folder;
  writeFile(folder / "m.der", der);
  writeFile(folder / "content", content);
  writeFile(folder / "root.pem", viewOf(signer.rootPem()));
  const auto at = [&](const char* name) { return (folder / name).string(); };
  return run("openssl cms -verify -binary -inform DER -purpose any -in " + at("m.der") + " -CAfile " + at("root.pem") +
             (detached ? " -content " + at("content") : "") + " -out " + at("out")) == 0 &&
         readFile(folder / "out") == content;
}

}  // namespace

TEST_CASE("what we make, openssl cms accepts, enclosed and detached, and we read it back") {
  for (const auto algorithm :
       {SignatureAlgorithm::rsaSha256, SignatureAlgorithm::rsaSha512, SignatureAlgorithm::rsaPssSha256,
        SignatureAlgorithm::rsaPssSha384, SignatureAlgorithm::ecdsaSha256, SignatureAlgorithm::ecdsaSha384}) {
    CAPTURE(trust::nameOf(algorithm));
    const Signer signer(trust::keyKindFor(algorithm) == trust::KeyKind::rsa ? Key::rsa() : Key::ec());
    for (const bool detached : {false, true}) {
      cms::Request request{.signer = signer.certificate, .algorithm = algorithm};
      const auto digest = trust::digestOf(trust::digestIn(algorithm), content);
      detached ? request.contentDigest = digest : request.content = content;
      const auto draft = cms::prepare(request);
      REQUIRE(draft);
      const auto der = complete(*draft, signer.key);
      CHECK(opensslAccepts(signer, der, detached));

      const auto message = cms::read(der);
      REQUIRE(message);
      CHECK(message->signer == signer.certificate);
      CHECK(message->algorithm == algorithm);
      CHECK(message->certificateBound);
      CHECK_FALSE(message->signingTime.has_value());
      CHECK(message->toBeSigned == draft->toBeSigned());
      CHECK(message->content.has_value() == !detached);
      CHECK(cms::check(*message, detached ? ByteView(digest) : ByteView{}) == "");
      if (detached) {
        CHECK(cms::check(*message) == "noContent");
        CHECK(cms::check(*message, Bytes(digest.size())) == "digestMismatch");
      }
    }
  }
}

TEST_CASE("SM2 goes through the same door as GB/T 35275") {
  const Signer signer(Key::sm2());
  const auto draft =
      cms::prepare({.signer = signer.certificate, .algorithm = SignatureAlgorithm::sm2Sm3, .content = content});
  REQUIRE(draft);
  const auto message = cms::read(complete(*draft, signer.key));
  REQUIRE(message);
  CHECK(message->contentType == "1.2.156.10197.6.1.4.2.1");
  CHECK(cms::check(*message) == "");
}

TEST_CASE("a GB/T 35275 message made by another implementation") {
  const auto data = sharedData();
  if (!data) {
    MESSAGE("skipped: no shared test data");
    return;
  }
  const auto der = readFile(*data / "seals/p7/gbt35275-attached.p7");
  CHECK(cms::read(der).error().detail.at("reason") == "noSignedAttributes");
  auto message = cms::read(der, cms::Tail::none, cms::Attributes::optional);
  REQUIRE(message);
  CHECK(message->signer.unitName() == "测试公司");
  CHECK(cms::check(*message) == "");
  message->content->front() ^= 1;
  CHECK(cms::check(*message) == "badSignature");
}

TEST_CASE("signing time, extra certificates, own content type") {
  const Signer signer(Key::ec());
  const auto extra = selfSigned(signer.root);
  const auto draft = cms::prepare({.signer = signer.certificate,
                                   .algorithm = SignatureAlgorithm::ecdsaSha256,
                                   .content = content,
                                   .extraCertificates = {extra, signer.certificate},
                                   .signingTime = now,
                                   .contentType = "1.2.840.113549.1.9.16.1.4"});
  REQUIRE(draft);
  const auto message = cms::read(complete(*draft, signer.key));
  REQUIRE(message);
  CHECK(message->signingTime == now);
  CHECK(message->certificates == std::vector{extra});
  CHECK(message->contentType == "1.2.840.113549.1.9.16.1.4");
  CHECK(cms::check(*message) == "");
}

TEST_CASE("PDF padding is accepted where it is asked for, zeros only") {
  const Signer signer(Key::ec());
  auto der = complete(*cms::prepare({.signer = signer.certificate,
                                     .algorithm = SignatureAlgorithm::ecdsaSha256,
                                     .contentDigest = sha256(content)}),
                      signer.key);
  der.resize(der.size() + 100);
  CHECK_FALSE(cms::read(der));
  CHECK(cms::read(der, cms::Tail::zeros));
  der.back() = 1;
  CHECK_FALSE(cms::read(der, cms::Tail::zeros));
}

TEST_CASE("a wrong key is noticed before anything is handed out") {
  const Signer signer(Key::ec());
  const auto draft =
      cms::prepare({.signer = signer.certificate, .algorithm = SignatureAlgorithm::ecdsaSha256, .content = content});
  const auto wrong = Key::ec().sign(draft->algorithm(), draft->digest());
  CHECK(draft->finish(wrong).error().detail.at("reason") == "keyMismatch");
}

TEST_CASE("requests that make no sense") {
  const Signer signer(Key::ec());
  const auto reason = [&](cms::Request request) {
    return cms::prepare(std::move(request)).error().detail.at("reason");
  };
  CHECK(reason({.signer = signer.certificate, .algorithm = SignatureAlgorithm::ecdsaSha256}) == "content");
  CHECK(reason(
            {.signer = signer.certificate, .algorithm = SignatureAlgorithm::ecdsaSha256, .contentDigest = Bytes(31)}) ==
        "contentDigest");
  CHECK(reason({.signer = signer.certificate, .algorithm = SignatureAlgorithm::rsaSha256, .content = content}) ==
        "keyKind");
}

TEST_CASE("the certificate is bound by the digest that signs; SHA-256, the default, is left out") {
  const std::pair<SignatureAlgorithm, trust::DigestAlgorithm> all[] = {
      {SignatureAlgorithm::rsaSha256, trust::DigestAlgorithm::sha256},
      {SignatureAlgorithm::rsaPssSha384, trust::DigestAlgorithm::sha384},
      {SignatureAlgorithm::rsaSha512, trust::DigestAlgorithm::sha512}};
  const Signer signer(Key::rsa());
  for (const auto& [algorithm, digest] : all) {
    const auto draft = cms::prepare({.signer = signer.certificate, .algorithm = algorithm, .content = content});
    REQUIRE(draft);
    const auto hash = trust::digestOf(digest, signer.certificate.der());
    CHECK_FALSE(std::ranges::search(draft->toBeSigned(), hash).empty());
    const auto message = cms::read(complete(*draft, signer.key));
    REQUIRE(message);
    CHECK(message->certificateBound);
  }
}

TEST_CASE("a time stamp token goes among the unsigned attributes, and nothing else changes") {
  const Signer signer(Key::rsa());
  const auto draft = cms::prepare({.signer = signer.certificate,
                                   .algorithm = SignatureAlgorithm::rsaSha256,
                                   .contentDigest = trust::digestOf(trust::DigestAlgorithm::sha256, content)});
  const auto der = complete(*draft, signer.key);
  const StampAuthority authority(signer.root, Key::rsa());
  const auto before = cms::read(der);
  const auto token = authority.token(before->signature, 1'790'000'000);
  auto padded = der;
  padded.resize(padded.size() + 500);
  for (const auto& from : {der, padded}) {
    const auto stamped = cms::withTimestamp(from, token);
    REQUIRE(stamped);
    const auto after = cms::read(*stamped);
    REQUIRE(after);
    CHECK(after->timestampTokens == std::vector<Bytes>{token});
    CHECK(after->toBeSigned == before->toBeSigned);
    CHECK(after->signature == before->signature);
    CHECK(opensslAccepts(signer, *stamped, true));
    CHECK(cms::withTimestamp(*stamped, token).error().detail.at("reason") == "unsignedAttributes");
  }
  for (std::size_t size = 0; size < der.size(); size += 7)
    CHECK_FALSE(cms::withTimestamp(ByteView(der).first(size), token).has_value());
  CHECK_FALSE(cms::withTimestamp(der, ByteView(token).first(token.size() - 1)).has_value());
}
