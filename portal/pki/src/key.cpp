// SPDX-License-Identifier: Apache-2.0
#include "pki/key.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "base/openssl.h"
#include "refuse.h"

namespace sealferry::pki {
namespace {

EVP_PKEY* generated(KeyType type) {
  switch (type) {
    case KeyType::rsa2048:
      return EVP_RSA_gen(2048);
    case KeyType::rsa3072:
      return EVP_RSA_gen(3072);
    case KeyType::p256:
      return EVP_EC_gen("P-256");
    case KeyType::sm2:
      break;
  }
  return EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2");
}

bool setRsa(EVP_PKEY_CTX* context, trust::SignatureAlgorithm algorithm) {
  const bool pss = trust::nameOf(algorithm).find("pss") != std::string_view::npos;
  const std::string digest(trust::nameOf(trust::digestIn(algorithm)));
  return EVP_PKEY_CTX_set_rsa_padding(context, pss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING) == 1 &&
         EVP_PKEY_CTX_set_signature_md(context, EVP_get_digestbyname(digest.c_str())) == 1 &&
         (!pss || EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1);
}

std::shared_ptr<EVP_PKEY> shared(EVP_PKEY* key) { return {key, EVP_PKEY_free}; }

}  // namespace

Result<PrivateKey> PrivateKey::generate(KeyType type) {
  EVP_PKEY* key = generated(type);
  if (key == nullptr) return fail(ErrorCode::internal, "PrivateKey::generate");
  return PrivateKey(shared(key));
}

Result<PrivateKey> PrivateKey::fromPem(std::string_view pem) {
  const ErrorQueueGuard guard;
  const BioHandle in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  EVP_PKEY* key = in ? PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr) : nullptr;
  if (key == nullptr) return badField("PrivateKey::fromPem", "key");
  return PrivateKey(shared(key));
}

std::string PrivateKey::pem() const {
  const BioHandle out(BIO_new(BIO_s_mem()));
  if (!out || PEM_write_bio_PKCS8PrivateKey(out.get(), get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) return {};
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

Bytes PrivateKey::publicKeyInfo() const { return encoded<i2d_PUBKEY>(get()); }

Result<Bytes> PrivateKey::sign(trust::SignatureAlgorithm algorithm, ByteView digest) const {
  const ErrorQueueGuard guard;
  const KeyContext context(EVP_PKEY_CTX_new(get(), nullptr));
  if (!context || EVP_PKEY_sign_init(context.get()) != 1) return fail(ErrorCode::internal, "EVP_PKEY_sign_init");
  if (trust::keyKindFor(algorithm) == trust::KeyKind::rsa && !setRsa(context.get(), algorithm))
    return badField("PrivateKey::sign", "algorithm");
  std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(get()));
  Bytes out(size);
  if (EVP_PKEY_sign(context.get(), out.data(), &size, digest.data(), digest.size()) != 1)
    return fail(ErrorCode::internal, "EVP_PKEY_sign");
  out.resize(size);
  return out;
}

}  // namespace sealferry::pki
