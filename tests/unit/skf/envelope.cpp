// SPDX-License-Identifier: Apache-2.0
#include "skf_layout/envelope.h"

#include <doctest/doctest.h>

#include <random>

#include "soft/sm2.h"
#include "softkey/private_key.h"

using namespace sealferry;
using namespace sealferry::skf;

namespace {

struct Sent {
  softkey::PrivateKey signing = *softkey::PrivateKey::makeSm2();
  soft::Key encryption = soft::Key::makeSm2();
  Bytes der = soft::envelope(encryption, signing.publicKeyInfo());
};

}  // namespace

TEST_CASE("an SM2EnvelopedKey becomes an ENVELOPEDKEYBLOB that the signing key opens") {
  const Sent sent;
  const auto parsed = parseEnvelope(sent.der);
  REQUIRE(parsed);
  for (const auto& layout : {Layout{4, true}, Layout{8, false}}) {
    const auto blob = encode(layout, *parsed);
    const auto back = decodeEnvelope(layout, blob);
    REQUIRE(back);
    const auto opened = softkey::openEnvelope(sent.signing, *back);
    REQUIRE(opened);
    CHECK(opened->publicKeyInfo() == sent.encryption.publicKeyInfo());
  }
  const auto blob = encode(Layout{}, *parsed);
  CHECK(parseEnvelope(blob)->publicKey == parsed->publicKey);  // a CA may send the structure itself
}

TEST_CASE("the private number may be enciphered alone or with the zeroes before it") {
  const Sent sent;
  auto parsed = *parseEnvelope(sent.der);
  CHECK(softkey::openEnvelope(sent.signing, parsed));
  parsed.privateKey[0] = 1;  // now the whole field is taken for enciphered, and makes no sense
  CHECK_FALSE(softkey::openEnvelope(sent.signing, parsed));
}

TEST_CASE("an envelope for another key, or with another public key, is not opened") {
  const Sent sent, other;
  const auto parsed = *parseEnvelope(sent.der);
  CHECK_FALSE(softkey::openEnvelope(other.signing, parsed));
  auto mixed = parsed;
  mixed.publicKey = parseEnvelope(other.der)->publicKey;
  CHECK_FALSE(softkey::openEnvelope(sent.signing, mixed));
}

TEST_CASE("what is cut, extended or changed is refused or read as something else, and never beyond its end") {
  const Sent sent;
  const auto blob = encode(Layout{}, *parseEnvelope(sent.der));
  for (const auto& whole : {sent.der, blob}) {
    for (std::size_t size = 0; size < whole.size(); ++size) CHECK_FALSE(parseEnvelope(ByteView(whole).first(size)));
    auto longer = whole;
    longer.resize(whole.size() + 5);
    CHECK_FALSE(parseEnvelope(longer));
  }
  std::mt19937 random(1);
  for (int i = 0; i < 2000; ++i) {
    auto changed = i % 2 == 0 ? sent.der : blob;
    changed[random() % changed.size()] = static_cast<std::uint8_t>(random());
    const auto parsed = parseEnvelope(changed);
    if (parsed) (void)encode(Layout{}, *parsed);
  }
}
