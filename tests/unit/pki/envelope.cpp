// SPDX-License-Identifier: Apache-2.0
#include "pki/envelope.h"

#include <doctest/doctest.h>
#include <openssl/core_names.h>

#include "base/openssl.h"
#include "trust/der.h"

using namespace sealferry;
namespace der = trust::der;

namespace {

Bytes opened(EVP_PKEY* key, ByteView closed) {
  const KeyContext context(EVP_PKEY_CTX_new(key, nullptr));
  std::size_t size = closed.size();
  Bytes plain(size);
  if (EVP_PKEY_decrypt_init(context.get()) != 1) return {};
  if (EVP_PKEY_decrypt(context.get(), plain.data(), &size, closed.data(), closed.size()) != 1) return {};
  plain.resize(size);
  return plain;
}

Bytes sm4Opened(ByteView key, ByteView closed) {
  const Handle<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free> context(EVP_CIPHER_CTX_new());
  Bytes plain(closed.size() + 16);
  int size = 0;
  EVP_DecryptInit_ex2(context.get(), EVP_sm4_ecb(), key.data(), nullptr, nullptr);
  EVP_CIPHER_CTX_set_padding(context.get(), 0);
  EVP_DecryptUpdate(context.get(), plain.data(), &size, closed.data(), static_cast<int>(closed.size()));
  plain.resize(static_cast<std::size_t>(size));
  return plain;
}

Bytes numberOf(const pki::PrivateKey& key) {
  BIGNUM* number = nullptr;
  EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_PRIV_KEY, &number);
  const BnHandle owner(number);
  Bytes out(32);
  BN_bn2binpad(number, out.data(), 32);
  return out;
}

}  // namespace

TEST_CASE("the holder of the signing key, and nobody else, opens the envelope") {
  const auto signing = pki::PrivateKey::generate(pki::KeyType::sm2).value();
  const auto encryption = pki::PrivateKey::generate(pki::KeyType::sm2).value();
  const auto closed = pki::envelope(encryption, signing.publicKeyInfo()).value();

  auto outer = der::only(closed);
  REQUIRE(outer);
  auto parts = *der::inside(*outer);
  const auto algorithm = *parts.next(der::tag::sequence);
  const auto cipher = *parts.next(der::tag::sequence);
  const auto point = *der::bits(*parts.next(der::tag::bitString));
  const auto number = *der::bits(*parts.next(der::tag::bitString));
  CHECK(parts.atEnd());
  CHECK(der::objectIdentifier(*der::inside(algorithm)->next()) == "1.2.156.10197.1.104.1");
  CHECK(point.size() == 65);
  CHECK(number.size() == 32);

  const auto once = opened(signing.get(), cipher.whole);
  REQUIRE(once.size() == 16);
  CHECK(sm4Opened(once, number) == numberOf(encryption));
  CHECK(opened(encryption.get(), cipher.whole).empty());
}

TEST_CASE("only SM2 keys go into, and open, an envelope") {
  const auto sm2 = pki::PrivateKey::generate(pki::KeyType::sm2).value();
  const auto p256 = pki::PrivateKey::generate(pki::KeyType::p256).value();
  CHECK(pki::envelope(sm2, p256.publicKeyInfo()).error().detail.at("field") == "signingPublicKeyInfo");
  CHECK(pki::envelope(p256, sm2.publicKeyInfo()).error().detail.at("field") == "encryptionKey");
  CHECK(pki::envelope(sm2, Bytes{1, 2, 3}).error().code == ErrorCode::bad_request);
}
