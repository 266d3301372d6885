// SPDX-License-Identifier: Apache-2.0
#include "soft/key.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <cstdlib>

namespace sealferry::soft {
namespace {

using token::SignatureScheme;

struct FreeContext {
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_PKEY_CTX, FreeContext>;

const EVP_MD* methodOf(SignatureScheme scheme) {
  switch (scheme) {
    case SignatureScheme::rsaSha384:
    case SignatureScheme::rsaPssSha384:
      return EVP_sha384();
    case SignatureScheme::rsaSha512:
    case SignatureScheme::rsaPssSha512:
      return EVP_sha512();
    default:
      return EVP_sha256();
  }
}

bool isPss(SignatureScheme scheme) {
  return scheme == SignatureScheme::rsaPssSha256 || scheme == SignatureScheme::rsaPssSha384 ||
         scheme == SignatureScheme::rsaPssSha512;
}

bool setScheme(EVP_PKEY_CTX* context, SignatureScheme scheme) {
  if (EVP_PKEY_CTX_set_signature_md(context, methodOf(scheme)) <= 0) return false;
  if (scheme == SignatureScheme::ecdsa) return true;
  if (!isPss(scheme)) return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) > 0;
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) > 0 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) > 0;
}

bool fits(const EVP_PKEY* key, SignatureScheme scheme) {
  if (scheme == SignatureScheme::sm2Sm3) return false;
  return (EVP_PKEY_is_a(key, "EC") == 1) == (scheme == SignatureScheme::ecdsa);
}

}  // namespace

void Key::Free::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }

Key Key::makeRsa(unsigned bits) { return Key(EVP_RSA_gen(bits)); }

Key Key::makeP256() { return Key(EVP_EC_gen("P-256")); }

Key Key::makeSm2() { return Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2")); }

Key Key::fromPem(const std::string& pem) {
  BIO* input = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  EVP_PKEY* key = PEM_read_bio_PrivateKey(input, nullptr, nullptr, nullptr);
  BIO_free(input);
  if (key == nullptr) std::abort();
  return Key(key);
}

Bytes Key::publicKeyInfo() const {
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key_.get(), &der);
  Bytes bytes(der, der + size);
  OPENSSL_free(der);
  return bytes;
}

std::string Key::toPem() const {
  BIO* output = BIO_new(BIO_s_mem());
  PEM_write_bio_PKCS8PrivateKey(output, key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
  char* data = nullptr;
  const auto size = BIO_get_mem_data(output, &data);
  std::string pem(data, static_cast<std::size_t>(size));
  BIO_free(output);
  return pem;
}

token::KeyAlgorithm Key::algorithm() const {
  if (EVP_PKEY_is_a(key_.get(), "SM2") == 1) return token::KeyAlgorithm::sm2;
  return EVP_PKEY_is_a(key_.get(), "EC") == 1 ? token::KeyAlgorithm::ecdsa : token::KeyAlgorithm::rsa;
}

unsigned Key::bits() const { return static_cast<unsigned>(EVP_PKEY_get_bits(key_.get())); }

Result<Bytes> Key::sign(SignatureScheme scheme, ByteView digest) const {
  if (!fits(key_.get(), scheme)) return fail(ErrorCode::mechanism_missing, "sign");
  const Context context(EVP_PKEY_CTX_new(key_.get(), nullptr));
  if (EVP_PKEY_sign_init(context.get()) <= 0 || !setScheme(context.get(), scheme))
    return fail(ErrorCode::internal, "sign");
  std::size_t size = 0;
  if (EVP_PKEY_sign(context.get(), nullptr, &size, digest.data(), digest.size()) <= 0)
    return fail(ErrorCode::internal, "sign");
  Bytes signature(size);
  if (EVP_PKEY_sign(context.get(), signature.data(), &size, digest.data(), digest.size()) <= 0)
    return fail(ErrorCode::internal, "sign");
  signature.resize(size);
  return signature;
}

bool verifies(ByteView publicKeyInfo, SignatureScheme scheme, ByteView digest, ByteView signature) {
  const auto* at = publicKeyInfo.data();
  struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  };
  const std::unique_ptr<EVP_PKEY, Free> key(d2i_PUBKEY(nullptr, &at, static_cast<long>(publicKeyInfo.size())));
  if (!key || !fits(key.get(), scheme)) return false;
  const Context context(EVP_PKEY_CTX_new(key.get(), nullptr));
  if (EVP_PKEY_verify_init(context.get()) <= 0 || !setScheme(context.get(), scheme)) return false;
  return EVP_PKEY_verify(context.get(), signature.data(), signature.size(), digest.data(), digest.size()) == 1;
}

Bytes digestFor(SignatureScheme scheme, ByteView message) {
  const auto* method = methodOf(scheme);
  Bytes digest(static_cast<std::size_t>(EVP_MD_get_size(method)));
  if (EVP_Digest(message.data(), message.size(), digest.data(), nullptr, method, nullptr) != 1) std::abort();
  return digest;
}

}  // namespace sealferry::soft
