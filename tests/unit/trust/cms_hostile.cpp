// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "base/digest.h"
#include "support/pki.h"
#include "trust/cms.h"
#include "trust/der.h"

using namespace sealferry;
using namespace sealferry::test;
using trust::SignatureAlgorithm;
namespace cms = trust::cms;
namespace der = trust::der;

namespace {

const Bytes content = copyOf(viewOf("content"));

Bytes made(const Key& key, const trust::Certificate& signer) {
  return complete(*cms::prepare({.signer = signer, .algorithm = trust::usualAlgorithm(signer), .content = content}),
                  key);
}

/// Replaces one run of bytes by another of the same length.
Bytes swapped(Bytes in, ByteView from, ByteView to) {
  const auto found = std::search(in.begin(), in.end(), from.begin(), from.end());
  REQUIRE(found != in.end());
  std::copy(to.begin(), to.end(), found);
  return in;
}

}  // namespace

TEST_CASE("cut anywhere or changed anywhere: never a crash, never accepted with another meaning") {
  const auto key = Key::ec();
  const auto signer = selfSigned(key);
  const auto good = made(key, signer);
  const auto original = cms::read(good);
  for (std::size_t i = 0; i < good.size(); ++i) {
    CHECK_FALSE(cms::read(ByteView(good).first(i)));
    for (const unsigned mask : {0x21U, 0x20U}) {  // another tag, and the same tag as a primitive element
      auto changed = good;
      changed[i] = static_cast<std::uint8_t>(changed[i] ^ mask);
      const auto message = cms::read(changed);
      if (!message || cms::check(*message) != "") continue;
      // What is left unprotected is version numbers and the certificate's own signature; neither carries meaning.
      CHECK(message->content == original->content);
      CHECK(message->signer.publicKeyInfo() == original->signer.publicKeyInfo());
    }
  }
}

TEST_CASE("content changed") {
  const auto key = Key::ec();
  const auto message = cms::read(swapped(made(key, selfSigned(key)), content, viewOf("c0ntent")));
  REQUIRE(message);
  CHECK(cms::check(*message) == "digestMismatch");
}

TEST_CASE("certificates of the same key, issuer and serial number: the ESS hash tells them apart") {
  const auto key = Key::rsa(), root = Key::rsa();  // RSA: both certificates are of one size
  const auto one = certify(key, root, {.notAfter = now + day});
  const auto two = certify(key, root, {.notAfter = now + 2 * day});
  REQUIRE(one.der().size() == two.der().size());
  for (const auto& [signer, other] : {std::pair(one, two), std::pair(two, one)}) {
    const auto algorithm = SignatureAlgorithm::rsaSha256;
    const auto both = complete(
        *cms::prepare({.signer = signer, .algorithm = algorithm, .content = content, .extraCertificates = {other}}),
        key);
    const auto read = cms::read(both);
    REQUIRE(read);
    CHECK(read->signer == signer);
    CHECK(read->certificates == std::vector{other});
    const auto alone = complete(*cms::prepare({.signer = signer, .algorithm = algorithm, .content = content}), key);
    const auto replaced = cms::read(swapped(alone, signer.der(), other.der()));
    REQUIRE_FALSE(replaced);
    CHECK(replaced.error().detail.at("reason") == "certificateBinding");
  }
}

TEST_CASE("two signers, no signer, no signed data") {
  const auto key = Key::ec();
  const auto good = made(key, selfSigned(key));
  const auto outer = der::only(good);
  der::Reader contentInfo(outer->content);
  contentInfo.next();
  const auto body = der::only(contentInfo.next()->content);
  der::Reader fields(body->content);
  Bytes head;
  for (int i = 0; i < 4; ++i) head = der::join({head, fields.next()->whole});
  const auto signers = *fields.next();

  const auto rebuilt = [&](ByteView signerSet, std::string_view type) {
    const auto inner = der::sequence({head, der::element(der::tag::set, true, signerSet)});
    return der::sequence({der::encodeObjectIdentifier(type), der::element(der::tag::context(0), true, inner)});
  };
  const auto reason = [](const Bytes& bytes) { return cms::read(bytes).error().detail.at("reason"); };
  CHECK(cms::read(rebuilt(signers.content, "1.2.840.113549.1.7.2")));
  CHECK(reason(rebuilt(der::join({signers.content, signers.content}), "1.2.840.113549.1.7.2")) == "signerCount");
  CHECK(reason(rebuilt({}, "1.2.840.113549.1.7.2")) == "signerCount");
  const auto primitive = der::element(der::tag::sequence, false, der::only(signers.content)->content);
  CHECK(reason(rebuilt(primitive, "1.2.840.113549.1.7.2")) == "malformed");
  CHECK(reason(rebuilt(signers.content, "1.2.840.113549.1.7.3")) == "notSignedData");
  CHECK(reason(copyOf(viewOf("not DER"))) == "malformed");
}
