// SPDX-License-Identifier: Apache-2.0
#include "secret_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <algorithm>

namespace sealferry::card {
namespace {

struct Release {
  void operator()(BIGNUM* number) const { BN_clear_free(number); }
  void operator()(BN_CTX* context) const { BN_CTX_free(context); }
  void operator()(EC_GROUP* group) const { EC_GROUP_free(group); }
  void operator()(EC_POINT* point) const { EC_POINT_free(point); }
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
  void operator()(OSSL_PARAM_BLD* builder) const { OSSL_PARAM_BLD_free(builder); }
  void operator()(OSSL_PARAM* list) const { OSSL_PARAM_free(list); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;
using Number = Owned<BIGNUM>;

Number numberOf(ByteView bytes) { return Number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr)); }

EVP_PKEY* build(const char* kind, OSSL_PARAM_BLD* builder) {
  const Owned<OSSL_PARAM> list(OSSL_PARAM_BLD_to_param(builder));
  const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
  EVP_PKEY* key = nullptr;
  if (!list || !context || EVP_PKEY_fromdata_init(context.get()) <= 0) return nullptr;
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, list.get()) <= 0) return nullptr;
  return key;
}

/// What belongs to two primes: PKCS#1 (RFC 8017 §3.2) with the public exponent 65537.
struct RsaNumbers {
  Number p, q, n{BN_new()}, e{BN_new()}, d, dp{BN_new()}, dq{BN_new()}, qInverse;
  RsaNumbers(ByteView pBytes, ByteView qBytes) : p(numberOf(pBytes)), q(numberOf(qBytes)) {
    const Owned<BN_CTX> context(BN_CTX_new());
    const Number p1(BN_dup(p.get())), q1(BN_dup(q.get())), order(BN_new());
    BN_set_word(e.get(), RSA_F4);
    BN_sub_word(p1.get(), 1);
    BN_sub_word(q1.get(), 1);
    BN_mul(n.get(), p.get(), q.get(), context.get());
    BN_mul(order.get(), p1.get(), q1.get(), context.get());
    d.reset(BN_mod_inverse(nullptr, e.get(), order.get(), context.get()));
    if (!d) return;
    BN_mod(dp.get(), d.get(), p1.get(), context.get());
    BN_mod(dq.get(), d.get(), q1.get(), context.get());
    qInverse.reset(BN_mod_inverse(nullptr, q.get(), p.get(), context.get()));
  }
  bool good() const { return d && qInverse && BN_num_bits(n.get()) == 2048; }
};

Bytes uncompressedPoint(const EC_GROUP* group, const BIGNUM* scalar) {
  const Owned<EC_POINT> point(EC_POINT_new(group));
  Bytes bytes(65);
  if (!point || EC_POINT_mul(group, point.get(), scalar, nullptr, nullptr, nullptr) != 1) return {};
  if (EC_POINT_point2oct(group, point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes.data(), bytes.size(), nullptr) !=
      bytes.size())
    return {};
  return bytes;
}

}  // namespace

void SecretKey::Free::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }

std::optional<SecretKey> SecretKey::holding(evp_pkey_st* key) {
  if (key == nullptr) return std::nullopt;
  return SecretKey(key);
}

std::optional<SecretKey> SecretKey::makeRsa() { return holding(EVP_RSA_gen(2048)); }
std::optional<SecretKey> SecretKey::makeP256() { return holding(EVP_EC_gen("P-256")); }

std::optional<SecretKey> SecretKey::fromPrimes(ByteView p, ByteView q) {
  if (p.size() != 128 || q.size() != 128) return std::nullopt;
  const RsaNumbers numbers(p, q);
  const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
  if (!numbers.good()) return std::nullopt;
  const auto push = [&](const char* name, const Number& value) {
    OSSL_PARAM_BLD_push_BN(builder.get(), name, value.get());
  };
  push(OSSL_PKEY_PARAM_RSA_N, numbers.n);
  push(OSSL_PKEY_PARAM_RSA_E, numbers.e);
  push(OSSL_PKEY_PARAM_RSA_D, numbers.d);
  push(OSSL_PKEY_PARAM_RSA_FACTOR1, numbers.p);
  push(OSSL_PKEY_PARAM_RSA_FACTOR2, numbers.q);
  push(OSSL_PKEY_PARAM_RSA_EXPONENT1, numbers.dp);
  push(OSSL_PKEY_PARAM_RSA_EXPONENT2, numbers.dq);
  push(OSSL_PKEY_PARAM_RSA_COEFFICIENT1, numbers.qInverse);
  return holding(build("RSA", builder.get()));
}

std::optional<SecretKey> SecretKey::fromP256Scalar(ByteView d) {
  const Owned<EC_GROUP> group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  const auto scalar = numberOf(d);
  const auto point = uncompressedPoint(group.get(), scalar.get());
  const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
  if (point.empty()) return std::nullopt;
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, scalar.get());
  return holding(build("EC", builder.get()));
}

std::optional<SecretKey> SecretKey::fromImage(ByteView pkcs8) {
  const auto* at = pkcs8.data();
  return holding(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(pkcs8.size())));
}

Bytes SecretKey::image() const {
  unsigned char* der = nullptr;
  const int size = i2d_PrivateKey(key_.get(), &der);
  Bytes bytes(der, der + std::max(size, 0));
  OPENSSL_clear_free(der, static_cast<std::size_t>(std::max(size, 0)));
  return bytes;
}

bool SecretKey::isRsa() const { return EVP_PKEY_is_a(key_.get(), "RSA") == 1; }

Bytes SecretKey::modulus() const {
  BIGNUM* value = nullptr;
  EVP_PKEY_get_bn_param(key_.get(), OSSL_PKEY_PARAM_RSA_N, &value);
  const Number number(value);
  Bytes bytes(256);
  BN_bn2binpad(number.get(), bytes.data(), 256);
  return bytes;
}

Bytes SecretKey::point() const {
  Bytes bytes(65);
  std::size_t size = 0;
  EVP_PKEY_get_octet_string_param(key_.get(), OSSL_PKEY_PARAM_PUB_KEY, bytes.data(), bytes.size(), &size);
  return bytes;
}

std::optional<Bytes> SecretKey::sign(ByteView data) const {
  const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new(key_.get(), nullptr));
  if (!context || EVP_PKEY_sign_init(context.get()) <= 0) return std::nullopt;
  if (isRsa() && EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) <= 0) return std::nullopt;
  Bytes signature(256);
  auto size = signature.size();
  if (EVP_PKEY_sign(context.get(), signature.data(), &size, data.data(), data.size()) <= 0) return std::nullopt;
  signature.resize(size);
  return signature;
}

std::optional<Bytes> SecretKey::decipher(ByteView data) const {
  const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new(key_.get(), nullptr));
  if (!isRsa() || !context || EVP_PKEY_decrypt_init(context.get()) <= 0) return std::nullopt;
  if (EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) <= 0) return std::nullopt;
  Bytes plain(256);
  auto size = plain.size();
  if (EVP_PKEY_decrypt(context.get(), plain.data(), &size, data.data(), data.size()) <= 0) return std::nullopt;
  plain.resize(size);
  return plain;
}

}  // namespace sealferry::card
