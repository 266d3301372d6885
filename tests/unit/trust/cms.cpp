// SPDX-License-Identifier: Apache-2.0
#include "trust/cms.h"

#include <doctest/doctest.h>

#include "base/digest.h"
#include "support/files.h"
#include "support/pki.h"

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
