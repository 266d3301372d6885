// SPDX-License-Identifier: Apache-2.0
#include "crypt.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <memory>

#include "base/digest.h"

namespace sealferry::softkey {
namespace {

constexpr std::size_t nonceBytes = 12, tagBytes = 16;

struct Free {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Free>;

int sizeOf(ByteView bytes) { return static_cast<int>(bytes.size()); }

}  // namespace

Bytes seal(ByteView key, ByteView context, ByteView plain) {
  auto out = randomBytes(nonceBytes);
  out.resize(nonceBytes + plain.size() + tagBytes);
  const CipherContext cipher(EVP_CIPHER_CTX_new());
  int size = 0;
  const bool done =
      EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), out.data()) == 1 &&
      EVP_EncryptUpdate(cipher.get(), nullptr, &size, context.data(), sizeOf(context)) == 1 &&
      EVP_EncryptUpdate(cipher.get(), out.data() + nonceBytes, &size, plain.data(), sizeOf(plain)) == 1 &&
      EVP_EncryptFinal_ex(cipher.get(), out.data() + nonceBytes + plain.size(), &size) == 1 &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tagBytes, out.data() + nonceBytes + plain.size()) == 1;
  return done ? out : Bytes{};
}

std::optional<Bytes> unseal(ByteView key, ByteView context, ByteView sealed) {
  if (sealed.size() < nonceBytes + tagBytes) return std::nullopt;
  const auto body = sealed.subspan(nonceBytes, sealed.size() - nonceBytes - tagBytes);
  auto tag = copyOf(sealed.last(tagBytes));
  Bytes plain(body.size() + 1);
  const CipherContext cipher(EVP_CIPHER_CTX_new());
  int size = 0;
  const bool done = EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), sealed.data()) == 1 &&
                    EVP_DecryptUpdate(cipher.get(), nullptr, &size, context.data(), sizeOf(context)) == 1 &&
                    EVP_DecryptUpdate(cipher.get(), plain.data(), &size, body.data(), sizeOf(body)) == 1 &&
                    EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tagBytes, tag.data()) == 1 &&
                    EVP_DecryptFinal_ex(cipher.get(), plain.data() + body.size(), &size) == 1;
  plain.resize(body.size());
  if (done) return plain;
  wipe(plain.data(), plain.size());
  return std::nullopt;
}

Secret derive(ByteView secret, std::string_view purpose) {
  Secret key(keyBytes);
  const auto label = viewOf(purpose);
  unsigned size = 0;
  HMAC(EVP_sha256(), secret.data(), sizeOf(secret), label.data(), label.size(), key.data(), &size);
  return key;
}

Secret stretch(ByteView pin, ByteView salt, ByteView deviceSecret, unsigned hardness) {
  const std::uint64_t cost = std::uint64_t{1} << hardness;
  constexpr std::uint64_t block = 8, parallel = 1, mostMemory = 64U << 20;
  Secret stretched(keyBytes);
  const auto* text = reinterpret_cast<const char*>(pin.data());
  EVP_PBE_scrypt(text, pin.size(), salt.data(), salt.size(), cost, block, parallel, mostMemory, stretched.data(),
                 stretched.size());
  Secret key(keyBytes);
  unsigned size = 0;
  HMAC(EVP_sha256(), deviceSecret.data(), sizeOf(deviceSecret), stretched.view().data(), stretched.size(), key.data(),
       &size);
  return key;
}

}  // namespace sealferry::softkey
