// SPDX-License-Identifier: Apache-2.0
#include "softkey/private_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cstring>

#include "base/secret.h"

namespace sealferry::softkey {
namespace {

constexpr std::size_t number256 = 32;

template <auto release>
struct With {
  template <class T>
  void operator()(T* object) const {
    release(object);
  }
};
using Context = std::unique_ptr<EVP_PKEY_CTX, With<EVP_PKEY_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, With<BN_clear_free>>;
using Key = std::unique_ptr<EVP_PKEY, With<EVP_PKEY_free>>;

Bytes bytesOf(const EVP_PKEY* key, const char* parameter) {
  BIGNUM* value = nullptr;
  if (EVP_PKEY_get_bn_param(key, parameter, &value) != 1) return {};
  const Number number(value);
  Bytes bytes(static_cast<std::size_t>(BN_num_bytes(value)));
  BN_bn2bin(value, bytes.data());
  return bytes;
}

Bytes right(Bytes value) {
  value.insert(value.begin(), value.size() < number256 ? number256 - value.size() : 0, 0);
  return value;
}

skf::EccPublicKey eccOf(const EVP_PKEY* key) {
  return {right(bytesOf(key, OSSL_PKEY_PARAM_EC_PUB_X)), right(bytesOf(key, OSSL_PKEY_PARAM_EC_PUB_Y))};
}

skf::RsaPublicKey rsaOf(const EVP_PKEY* key) {
  return {static_cast<unsigned>(EVP_PKEY_get_bits(key)), bytesOf(key, OSSL_PKEY_PARAM_RSA_N),
          bytesOf(key, OSSL_PKEY_PARAM_RSA_E)};
}

Key publicKey(ByteView info) {
  const auto* at = info.data();
  return Key(d2i_PUBKEY(nullptr, &at, static_cast<long>(info.size())));
}

Bytes uncompressed(const skf::EccPublicKey& key) {
  Bytes encoded{4};
  encoded.insert(encoded.end(), key.x.begin(), key.x.end());
  encoded.insert(encoded.end(), key.y.begin(), key.y.end());
  return encoded;
}

/// An SM2 key from its numbers; without a scalar a public one.
Key fromNumbers(const skf::EccPublicKey& key, ByteView scalar) {
  const std::unique_ptr<OSSL_PARAM_BLD, With<OSSL_PARAM_BLD_free>> build(OSSL_PARAM_BLD_new());
  const auto encoded = uncompressed(key);
  const Number number(BN_secure_new());
  OSSL_PARAM_BLD_push_utf8_string(build.get(), OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0);
  OSSL_PARAM_BLD_push_octet_string(build.get(), OSSL_PKEY_PARAM_PUB_KEY, encoded.data(), encoded.size());
  if (!scalar.empty()) {
    BN_bin2bn(scalar.data(), static_cast<int>(scalar.size()), number.get());
    OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_PRIV_KEY, number.get());
  }
  const std::unique_ptr<OSSL_PARAM, With<OSSL_PARAM_free>> parameters(OSSL_PARAM_BLD_to_param(build.get()));
  const Context context(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
  EVP_PKEY* made = nullptr;
  const int selection = scalar.empty() ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR;
  if (EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &made, selection, parameters.get()) != 1)
    return nullptr;
  return Key(made);
}

/// Whether scalar and point belong together: nothing that a caller says is believed.
bool pairs(EVP_PKEY* key) {
  const Context context(EVP_PKEY_CTX_new(key, nullptr));
  return EVP_PKEY_pairwise_check(context.get()) == 1;
}

Bytes derNumber(ByteView magnitude) {
  const auto* first = std::ranges::find_if(magnitude, [](auto byte) { return byte != 0; }).base();
  Bytes content(first, magnitude.data() + magnitude.size());
  if (content.empty() || (content[0] & 0x80) != 0) content.insert(content.begin(), 0);
  content.insert(content.begin(), {0x02, static_cast<std::uint8_t>(content.size())});
  return content;
}

/// SEQUENCE of what is shorter than 128 bytes in all, or than 256.
Bytes sequence(const Bytes& content) {
  Bytes der{0x30};
  if (content.size() >= 0x80) der.push_back(0x81);
  der.push_back(static_cast<std::uint8_t>(content.size()));
  der.insert(der.end(), content.begin(), content.end());
  return der;
}

void append(Bytes& to, const Bytes& more) { to.insert(to.end(), more.begin(), more.end()); }

Bytes octets(const Bytes& content) {
  Bytes der{0x04, static_cast<std::uint8_t>(content.size())};
  append(der, content);
  return der;
}

/// SM2Cipher (GM/T 0009-2012 §7.2), which is what OpenSSL decrypts.
Bytes cipherOf(const skf::EnvelopedKey& envelope) {
  auto content = derNumber(envelope.x);
  append(content, derNumber(envelope.y));
  append(content, octets(envelope.hash));
  append(content, octets(envelope.cipher));
  return sequence(content);
}

/// r‖s out of SEQUENCE{r,s}.
std::optional<Bytes> signatureBlob(const Bytes& der) {
  const auto* at = der.data();
  const std::unique_ptr<ECDSA_SIG, With<ECDSA_SIG_free>> signature(
      d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
  if (!signature) return std::nullopt;
  Bytes r(number256), s(number256);
  if (BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), r.data(), number256) < 0 ||
      BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), s.data(), number256) < 0)
    return std::nullopt;
  return skf::encodeSignature(r, s);
}

std::optional<Bytes> rawSign(EVP_PKEY_CTX* context, ByteView data) {
  std::size_t size = 0;
  if (EVP_PKEY_sign(context, nullptr, &size, data.data(), data.size()) != 1) return std::nullopt;
  Bytes signature(size);
  if (EVP_PKEY_sign(context, signature.data(), &size, data.data(), data.size()) != 1) return std::nullopt;
  signature.resize(size);
  return signature;
}

/// SM4-ECB without padding, decrypting in place.
bool sm4Decrypt(ByteView key, Secret& data) {
  const std::unique_ptr<EVP_CIPHER_CTX, With<EVP_CIPHER_CTX_free>> cipher(EVP_CIPHER_CTX_new());
  int size = 0, last = 0;
  return EVP_DecryptInit_ex(cipher.get(), EVP_sm4_ecb(), nullptr, key.data(), nullptr) == 1 &&
         EVP_CIPHER_CTX_set_padding(cipher.get(), 0) == 1 &&
         EVP_DecryptUpdate(cipher.get(), data.data(), &size, data.view().data(), static_cast<int>(data.size())) == 1 &&
         EVP_DecryptFinal_ex(cipher.get(), data.data() + size, &last) == 1;
}

bool isZero(ByteView bytes) {
  return std::ranges::all_of(bytes, [](auto byte) { return byte == 0; });
}

}  // namespace

void PrivateKey::Free::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }

std::optional<PrivateKey> PrivateKey::makeSm2() {
  auto* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2");
  if (key == nullptr) return std::nullopt;
  return PrivateKey(key);
}

std::optional<PrivateKey> PrivateKey::makeRsa(unsigned bits) {
  auto* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", static_cast<std::size_t>(bits));
  if (key == nullptr) return std::nullopt;
  return PrivateKey(key);
}

std::optional<PrivateKey> PrivateKey::fromDer(ByteView pkcs8) {
  const auto* at = pkcs8.data();
  auto* key = d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(pkcs8.size()));
  if (key == nullptr) return std::nullopt;
  return PrivateKey(key);
}

std::optional<PrivateKey> PrivateKey::fromScalar(ByteView scalar, const skf::EccPublicKey& expected) {
  auto key = fromNumbers(expected, scalar);
  if (!key || !pairs(key.get())) return std::nullopt;
  return PrivateKey(key.release());
}

Bytes PrivateKey::toDer() const {
  const std::unique_ptr<PKCS8_PRIV_KEY_INFO, With<PKCS8_PRIV_KEY_INFO_free>> info(EVP_PKEY2PKCS8(key_.get()));
  unsigned char* der = nullptr;
  const int size = i2d_PKCS8_PRIV_KEY_INFO(info.get(), &der);
  Bytes bytes(der, der + std::max(size, 0));
  OPENSSL_clear_free(der, bytes.size());
  return bytes;
}

Bytes PrivateKey::publicKeyInfo() const {
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key_.get(), &der);
  Bytes bytes(der, der + std::max(size, 0));
  OPENSSL_free(der);
  return bytes;
}

bool PrivateKey::isRsa() const { return EVP_PKEY_is_a(key_.get(), "RSA") == 1; }
skf::RsaPublicKey PrivateKey::rsaPublic() const { return rsaOf(key_.get()); }
skf::EccPublicKey PrivateKey::eccPublic() const { return eccOf(key_.get()); }

Outcome<Bytes> PrivateKey::signSm2(ByteView digest) const {
  const Context context(EVP_PKEY_CTX_new(key_.get(), nullptr));
  if (isRsa()) return refuse(Status::keyNotFound);
  if (digest.size() != number256) return refuse(Status::inputLength);
  if (EVP_PKEY_sign_init(context.get()) != 1) return refuse(Status::fail);
  const auto der = rawSign(context.get(), digest);
  auto blob = der ? signatureBlob(*der) : std::nullopt;
  if (!blob) return refuse(Status::fail);
  return std::move(*blob);
}

Outcome<Bytes> PrivateKey::signRsa(ByteView data) const {
  const Context context(EVP_PKEY_CTX_new(key_.get(), nullptr));
  if (!isRsa()) return refuse(Status::keyNotFound);
  constexpr std::size_t paddingBytes = 11;
  if (data.size() + paddingBytes > static_cast<std::size_t>(EVP_PKEY_get_size(key_.get())))
    return refuse(Status::inputLength);
  if (EVP_PKEY_sign_init(context.get()) != 1 || EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1)
    return refuse(Status::fail);
  auto signature = rawSign(context.get(), data);
  if (!signature) return refuse(Status::fail);
  return std::move(*signature);
}

Outcome<Secret> PrivateKey::decrypt(const skf::EnvelopedKey& envelope) const {
  if (isRsa()) return refuse(Status::keyNotFound);
  const auto cipher = cipherOf(envelope);
  const Context context(EVP_PKEY_CTX_new(key_.get(), nullptr));
  std::size_t size = 0;
  if (EVP_PKEY_decrypt_init(context.get()) != 1 ||
      EVP_PKEY_decrypt(context.get(), nullptr, &size, cipher.data(), cipher.size()) != 1)
    return refuse(Status::inputData);
  Secret plain(size);
  if (EVP_PKEY_decrypt(context.get(), plain.data(), &size, cipher.data(), cipher.size()) != 1)
    return refuse(Status::inputData);
  plain.shrink(size);
  return plain;
}

skf::EccPublicKey eccPublicOf(ByteView publicKeyInfo) {
  const auto key = publicKey(publicKeyInfo);
  return key ? eccOf(key.get()) : skf::EccPublicKey{};
}

skf::RsaPublicKey rsaPublicOf(ByteView publicKeyInfo) {
  const auto key = publicKey(publicKeyInfo);
  return key ? rsaOf(key.get()) : skf::RsaPublicKey{};
}

bool isRsa(ByteView publicKeyInfo) {
  const auto key = publicKey(publicKeyInfo);
  return key && EVP_PKEY_is_a(key.get(), "RSA") == 1;
}

bool verifySm2(const skf::EccPublicKey& key, ByteView digest, ByteView blob) {
  const auto rs = skf::decodeSignature(blob);
  const auto verifier = fromNumbers(key, {});
  if (!rs || !verifier || digest.size() != number256) return false;
  auto content = derNumber(ByteView(*rs).first(number256));
  append(content, derNumber(ByteView(*rs).last(number256)));
  const auto der = sequence(content);
  const Context context(EVP_PKEY_CTX_new(verifier.get(), nullptr));
  return EVP_PKEY_verify_init(context.get()) == 1 &&
         EVP_PKEY_verify(context.get(), der.data(), der.size(), digest.data(), digest.size()) == 1;
}

Outcome<PrivateKey> openEnvelope(const PrivateKey& signing, const skf::EnvelopedKey& envelope) {
  const auto symmetric = signing.decrypt(envelope);
  if (!symmetric) return refuse(symmetric.error());
  constexpr std::size_t sm4Bytes = 16;
  if (symmetric->size() != sm4Bytes || envelope.privateKey.size() != 2 * number256) return refuse(Status::inputData);
  const ByteView sealed(envelope.privateKey);
  // Only the right half enciphered, or the whole field: both are met.
  const bool half = isZero(sealed.first(number256));
  Secret scalar(half ? sealed.last(number256) : sealed);
  if (!sm4Decrypt(symmetric->view(), scalar)) return refuse(Status::inputData);
  if (!half && !isZero(scalar.view().first(number256))) return refuse(Status::inputData);
  auto key = PrivateKey::fromScalar(scalar.view().last(number256), envelope.publicKey);
  if (!key) return refuse(Status::inputData);
  return std::move(*key);
}

}  // namespace sealferry::softkey
