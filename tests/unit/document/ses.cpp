// SPDX-License-Identifier: Apache-2.0
// Stamps of SM2 keys: an SES signature in /Contents.
#include "seal/signature.h"

#include <doctest/doctest.h>

#include "document/words.h"
#include "stamped.h"
#include "support/seals.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

/// A maker, a unit with an SM2 key, its seal, and the test page stamped with it.
struct Stamped {
  Maker world;
  Key key = Key::sm2();
  trust::Certificate signer = certify(key, world.rootKey, {.subject = "测试单位", .serial = 4});
  seal::Seal seal;
  Bytes pdf;

  Stamped() {
    auto fields = world.fields();
    fields.signers = {signer};
    seal = seal::read(world.make(fields), seal::Strictness::strict).value();
    const TemporaryFolder folder;
    writeFile(folder / "page.pdf", document::testPage().pdf);
    const OpenFile file(folder / "page.pdf");
    auto request = requestAt(1, 105, 178);
    request.format = document::SignatureFormat::ses;
    const auto reserved = engine().reserve(file.descriptor(), request).value();
    const auto sign = [&](ByteView digest) -> Result<Bytes> {
      const auto draft = seal::prepareSignature({seal, now, copyOf(digest), "/ByteRange", signer}).value();
      return draft.finish(key.sign(trust::SignatureAlgorithm::sm2Sm3, draft.digest()));
    };
    const auto increment =
        document::signIncrements(file.descriptor(), reserved, trust::DigestAlgorithm::sm3, sign).value();
    pdf = document::testPage().pdf;
    pdf.insert(pdf.end(), increment.begin(), increment.end());
  }

  document::Report check(const Bytes& content, const trust::Anchors& anchors, Time at = now) const {
    const TemporaryFolder folder;
    writeFile(folder / "document.pdf", content);
    const OpenFile file(folder / "document.pdf");
    return engine().verify(file.descriptor(), {anchors, at}).value();
  }
};

const Stamped& stamped() {
  static const Stamped one;
  return one;
}

}  // namespace

TEST_CASE("stamped with an SM2 key: valid, and it says by whom and with which seal") {
  const auto report = stamped().check(stamped().pdf, stamped().world.anchors);
  CHECK(report.verdict == "valid");
  REQUIRE(report.signatures.size() == 1);
  const auto& one = report.signatures.front();
  CHECK(one.intact);
  CHECK(one.coversWholeFile);
  CHECK(one.trust == "trusted");
  CHECK(one.signer == "测试单位");
  CHECK(one.seal == stamped().seal.id);
  CHECK(one.time == now);
}

TEST_CASE("who is trusted is told apart from whether the bytes hold") {
  const auto strange = stamped().check(stamped().pdf, {{signer().root}, {}});
  CHECK(strange.signatures.front().intact);
  CHECK(strange.signatures.front().trust == "untrusted");
  CHECK(strange.signatures.front().reasons == std::vector<std::string>{"makerCert.untrusted"});
  CHECK(strange.verdict == "invalid");
  const auto nobody = stamped().check(stamped().pdf, {});
  CHECK(nobody.signatures.front().trust == "unknown");

  // Untrusted and changed: the change is not hidden behind the lack of trust.
  auto changed = stamped().pdf;
  changed[30] ^= 1;
  const auto both = stamped().check(changed, {{signer().root}, {}});
  CHECK_FALSE(both.signatures.front().intact);
  CHECK(both.signatures.front().reasons == std::vector<std::string>{"dataHash.differs"});
}

TEST_CASE("what the check of the seal notes is told, in words too") {
  auto anchors = stamped().world.anchors;
  const auto list = makeCrl(stamped().world.rootKey, "Test Root",
                            {{.serial = 2, .revoked = now + 100}, {.serial = 4, .revoked = now + 100}}, now + 200);
  anchors.crls.push_back(trust::Crl::fromDer(list).value());
  const auto report = stamped().check(stamped().pdf, anchors, stamped().seal.notAfter + day);
  CHECK(report.verdict == "valid-with-note");
  CHECK(report.intact);
  const auto& one = report.signatures.front();
  CHECK(one.verdict == "valid-with-note");
  CHECK(one.notes ==
        std::vector<std::string>{"sealExpiredLater", "makerRevokedLater", "crlOutdated", "signerRevokedLater"});
  for (const auto& note : one.notes) CHECK_MESSAGE(document::wordsOf(note) != nullptr, note);
  CHECK(stamped().check(stamped().pdf, {}, stamped().seal.notAfter + day).signatures.front().notes.empty());
}

TEST_CASE("one byte changed in the signature or in what it covers: never intact") {
  const auto text = std::string_view(reinterpret_cast<const char*>(stamped().pdf.data()), stamped().pdf.size());
  const auto contents = text.rfind("/Contents <") + 11;
  for (std::size_t at = contents; at < contents + 4800; at += 97) {
    auto changed = stamped().pdf;
    changed[at] = changed[at] == '0' ? '1' : '0';
    CAPTURE(at - contents);
    const auto report = stamped().check(changed, stamped().world.anchors);
    CHECK(report.verdict == "invalid");
  }
}
