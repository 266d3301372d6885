// SPDX-License-Identifier: Apache-2.0
#include "soft/sm2.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <cstdlib>

#include "base/digest.h"

namespace sealferry::soft {
namespace {

constexpr std::string_view userId = "1234567812345678";

template <auto release>
struct With {
  template <class T>
  void operator()(T* object) const {
    release(object);
  }
};
using Public = std::unique_ptr<EVP_PKEY, With<EVP_PKEY_free>>;
using Context = std::unique_ptr<EVP_PKEY_CTX, With<EVP_PKEY_CTX_free>>;

Public publicKey(ByteView info) {
  const auto* at = info.data();
  return Public(d2i_PUBKEY(nullptr, &at, static_cast<long>(info.size())));
}

/// 04 ‖ X ‖ Y.
Bytes pointOf(const EVP_PKEY* key) {
  Bytes point(65);
  std::size_t size = 0;
  if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(), &size) != 1) abort();
  return point;
}

void append(Bytes& to, ByteView more) { to.insert(to.end(), more.begin(), more.end()); }

/// Tag, length, content, of less than 256 bytes.
Bytes item(std::uint8_t tag, ByteView content) {
  Bytes der{tag};
  if (content.size() >= 0x80) der.push_back(0x81);
  der.push_back(static_cast<std::uint8_t>(content.size()));
  append(der, content);
  return der;
}

Bytes bits(ByteView content) {
  Bytes whole{0};
  append(whole, content);
  return item(0x03, whole);
}

Bytes encrypt(EVP_PKEY* key, ByteView plain) {
  const Context context(EVP_PKEY_CTX_new(key, nullptr));
  std::size_t size = 0;
  EVP_PKEY_encrypt_init(context.get());
  EVP_PKEY_encrypt(context.get(), nullptr, &size, plain.data(), plain.size());
  Bytes out(size);
  if (EVP_PKEY_encrypt(context.get(), out.data(), &size, plain.data(), plain.size()) != 1) abort();
  out.resize(size);
  return out;
}

Bytes encryptSm4(ByteView key, ByteView plain) {
  const std::unique_ptr<EVP_CIPHER_CTX, With<EVP_CIPHER_CTX_free>> cipher(EVP_CIPHER_CTX_new());
  Bytes out(plain.size());
  int size = 0;
  EVP_EncryptInit_ex(cipher.get(), EVP_sm4_ecb(), nullptr, key.data(), nullptr);
  EVP_CIPHER_CTX_set_padding(cipher.get(), 0);
  EVP_EncryptUpdate(cipher.get(), out.data(), &size, plain.data(), static_cast<int>(plain.size()));
  return out;
}

Bytes scalarOf(const Key& key) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(key.handle(), OSSL_PKEY_PARAM_PRIV_KEY, &number) != 1) abort();
  Bytes scalar(32);
  BN_bn2binpad(number, scalar.data(), 32);
  BN_clear_free(number);
  return scalar;
}

}  // namespace

Bytes sm2Digest(ByteView publicKeyInfo, ByteView message) {
  // a, b and the base point of sm2p256v1, GM/T 0003.5.
  const auto curve = fromHex(
      "fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc"
      "28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93"
      "32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7"
      "bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0");
  Bytes identity{0, 0x80};
  append(identity, viewOf(userId));
  append(identity, *curve);
  append(identity, ByteView(pointOf(publicKey(publicKeyInfo).get())).subspan(1));
  auto signedBytes = sm3(identity);
  append(signedBytes, message);
  return sm3(signedBytes);
}

bool sm2Verifies(ByteView publicKeyInfo, ByteView message, ByteView signature) {
  const auto key = publicKey(publicKeyInfo);
  if (!key) return false;
  const Context context(EVP_PKEY_CTX_new(key.get(), nullptr));
  const std::unique_ptr<EVP_MD_CTX, With<EVP_MD_CTX_free>> digest(EVP_MD_CTX_new());
  EVP_PKEY_CTX_set1_id(context.get(), userId.data(), static_cast<int>(userId.size()));
  EVP_MD_CTX_set_pkey_ctx(digest.get(), context.get());
  return EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sm3(), nullptr, key.get()) == 1 &&
         EVP_DigestVerify(digest.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
}

Bytes envelope(const Key& key, ByteView signingPublicKeyInfo) {
  const Bytes sm4Ecb{0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x68, 0x01};
  const auto once = randomBytes(16);
  Bytes content = item(0x30, sm4Ecb);
  append(content, encrypt(publicKey(signingPublicKeyInfo).get(), once));
  append(content, bits(pointOf(key.handle())));
  append(content, bits(encryptSm4(once, scalarOf(key))));
  Bytes der{0x30, 0x82, static_cast<std::uint8_t>(content.size() >> 8), static_cast<std::uint8_t>(content.size())};
  if (content.size() < 256) der = {0x30, 0x81, static_cast<std::uint8_t>(content.size())};
  append(der, content);
  return der;
}

}  // namespace sealferry::soft
