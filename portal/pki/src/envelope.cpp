// SPDX-License-Identifier: Apache-2.0
#include "pki/envelope.h"

#include <openssl/core_names.h>

#include "base/digest.h"
#include "base/openssl.h"
#include "base/secret.h"
#include "refuse.h"
#include "trust/der.h"

namespace sealferry::pki {
namespace {

namespace der = trust::der;
using CipherContext = Handle<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

constexpr std::string_view sm4Ecb = "1.2.156.10197.1.104.1";
constexpr std::size_t fieldBytes = 32, sm4KeyBytes = 16;

bool isSm2(const EVP_PKEY* key) { return key != nullptr && EVP_PKEY_is_a(key, "SM2") == 1; }

KeyHandle readKey(ByteView publicKeyInfo) {
  const unsigned char* cursor = publicKeyInfo.data();
  return KeyHandle(d2i_PUBKEY(nullptr, &cursor, static_cast<long>(publicKeyInfo.size())));
}

/// 04 ‖ X ‖ Y.
Bytes pointOf(const EVP_PKEY* key) {
  std::size_t size = 0;
  if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, nullptr, 0, &size) != 1) return {};
  Bytes point(size);
  if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point.data(), size, &size) != 1) return {};
  return point;
}

/// The private number, 32 bytes.
Secret numberOf(const EVP_PKEY* key) {
  BIGNUM* found = nullptr;
  if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &found) != 1) return {};
  const Handle<BIGNUM, BN_clear_free> number(found);
  Secret out(fieldBytes);
  if (BN_bn2binpad(number.get(), out.data(), static_cast<int>(fieldBytes)) < 0) return {};
  return out;
}

/// Whole blocks, no padding (GM/T 0009 §7.4).
Bytes encryptSm4(ByteView key, ByteView plain) {
  const CipherContext context(EVP_CIPHER_CTX_new());
  Bytes out(plain.size() + fieldBytes);
  int size = 0;
  if (!context || EVP_EncryptInit_ex2(context.get(), EVP_sm4_ecb(), key.data(), nullptr, nullptr) != 1 ||
      EVP_CIPHER_CTX_set_padding(context.get(), 0) != 1 ||
      EVP_EncryptUpdate(context.get(), out.data(), &size, plain.data(), static_cast<int>(plain.size())) != 1)
    return {};
  out.resize(static_cast<std::size_t>(size));
  return out;
}

/// SM2Cipher (GM/T 0009 §7.2): what OpenSSL puts out is that very structure.
Bytes encryptSm2(EVP_PKEY* key, ByteView plain) {
  const KeyContext context(EVP_PKEY_CTX_new(key, nullptr));
  std::size_t size = 0;
  if (!context || EVP_PKEY_encrypt_init(context.get()) != 1 ||
      EVP_PKEY_encrypt(context.get(), nullptr, &size, plain.data(), plain.size()) != 1)
    return {};
  Bytes out(size);
  if (EVP_PKEY_encrypt(context.get(), out.data(), &size, plain.data(), plain.size()) != 1) return {};
  out.resize(size);
  return out;
}

}  // namespace

Result<Bytes> envelope(const PrivateKey& encryptionKey, ByteView signingPublicKeyInfo) {
  const ErrorQueueGuard guard;
  const auto holder = readKey(signingPublicKeyInfo);
  if (!isSm2(holder.get())) return badField("envelope", "signingPublicKeyInfo");
  if (!isSm2(encryptionKey.get())) return badField("envelope", "encryptionKey");
  const Secret once(randomBytes(sm4KeyBytes));
  const auto number = numberOf(encryptionKey.get());
  const auto closedKey = encryptSm2(holder.get(), once.view());
  const auto closedNumber = encryptSm4(once.view(), number.view());
  const auto point = pointOf(encryptionKey.get());
  if (closedKey.empty() || closedNumber.empty() || point.empty()) return fail(ErrorCode::internal, "envelope");
  const auto algorithm = der::sequence({der::encodeObjectIdentifier(sm4Ecb), der::encodeNull()});
  return der::sequence({algorithm, closedKey, der::encodeBits(point), der::encodeBits(closedNumber)});
}

}  // namespace sealferry::pki
