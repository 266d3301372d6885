// SPDX-License-Identifier: Apache-2.0
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

#include <cstring>

#include "calls.h"
#include "state.h"

namespace sealferry::fake {
namespace {

using token::KeyAlgorithm;

const EVP_MD* digestOf(CK_MECHANISM_TYPE hash) {
  return hash == CKM_SHA384 ? EVP_sha384() : hash == CKM_SHA512 ? EVP_sha512() : EVP_sha256();
}

bool preparePss(EVP_PKEY_CTX* context, const Bytes& parameter) {
  CK_RSA_PKCS_PSS_PARAMS how{};
  if (parameter.size() != sizeof how) return false;
  std::memcpy(&how, parameter.data(), sizeof how);
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) > 0 &&
         EVP_PKEY_CTX_set_signature_md(context, digestOf(how.hashAlg)) > 0 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, static_cast<int>(how.sLen)) > 0;
}

bool prepare(EVP_PKEY_CTX* context, const SessionState& session) {
  if (EVP_PKEY_sign_init(context) <= 0) return false;
  if (session.signingMechanism == CKM_RSA_PKCS) return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) > 0;
  const bool plain = session.signingMechanism == CKM_ECDSA || session.signingMechanism == state().store.sm2().sign;
  return plain || preparePss(context, session.signingParameter);
}

/// r‖s of fixed length, from the DER that OpenSSL makes.
Bytes plainEcdsa(const Bytes& der) {
  const auto* at = der.data();
  ECDSA_SIG* pair = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
  Bytes plain(64);
  BN_bn2binpad(ECDSA_SIG_get0_r(pair), plain.data(), 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(pair), plain.data() + 32, 32);
  ECDSA_SIG_free(pair);
  return plain;
}

Bytes signWith(const soft::Key& key, const SessionState& session, ByteView data) {
  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new(key.handle(), nullptr);
  Bytes signature(1024);
  auto size = signature.size();
  const bool done =
      prepare(context, session) && EVP_PKEY_sign(context, signature.data(), &size, data.data(), data.size()) > 0;
  EVP_PKEY_CTX_free(context);
  signature.resize(done ? size : 0);
  const auto sm2 = state().store.sm2();
  const bool pair = session.signingMechanism == CKM_ECDSA || (session.signingMechanism == sm2.sign && !sm2.der);
  return done && pair ? plainEcdsa(signature) : signature;
}

bool suits(const AttributeMap& key, CK_MECHANISM_TYPE mechanism) {
  const auto sm2 = state().store.sm2();
  if (numberOf(key, CKA_KEY_TYPE) == sm2.keyType) return mechanism == sm2.sign;
  const bool ec = numberOf(key, CKA_KEY_TYPE) == CKK_ECDSA;
  return ec ? mechanism == CKM_ECDSA : mechanism == CKM_RSA_PKCS || mechanism == CKM_RSA_PKCS_PSS;
}

CK_RV signInit(CK_SESSION_HANDLE handle, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE number) {
  return withSession("C_SignInit", handle, [&](SessionState& session, bool) -> CK_RV {
    if (session.signingKey != 0) return CKR_OPERATION_ACTIVE;
    if (!state().loggedIn) return CKR_USER_NOT_LOGGED_IN;
    const auto key = state().store.object(number);
    if (!key || !key->contains(privateKeyAttribute)) return CKR_KEY_HANDLE_INVALID;
    if (!suits(*key, mechanism->mechanism)) return CKR_KEY_TYPE_INCONSISTENT;
    const auto* at = static_cast<const std::uint8_t*>(mechanism->pParameter);
    session.signingKey = number;
    session.signingMechanism = mechanism->mechanism;
    session.signingParameter = Bytes(at, at + mechanism->ulParameterLen);
    session.wantsPin = isTrue(*key, CKA_ALWAYS_AUTHENTICATE);
    return CKR_OK;
  });
}

CK_RV sign(CK_SESSION_HANDLE handle, unsigned char* data, unsigned long size, unsigned char* signature,
           unsigned long* signatureSize) {
  return withSession("C_Sign", handle, [&](SessionState& session, bool lie) -> CK_RV {
    const auto object = state().store.object(session.signingKey);
    if (!object) return CKR_OPERATION_NOT_INITIALIZED;
    if (session.wantsPin) return session.signingKey = 0, CKR_USER_NOT_LOGGED_IN;
    const auto made = signWith(soft::Key::fromPem(textOf(object->at(privateKeyAttribute))), session, {data, size});
    if (signature != nullptr || made.empty()) session.signingKey = 0;
    if (made.empty()) return CKR_DATA_INVALID;
    if (signature != nullptr && *signatureSize < made.size()) return CKR_BUFFER_TOO_SMALL;
    if (signature != nullptr) std::memcpy(signature, made.data(), made.size());
    *signatureSize = lie ? 1UL << 32 : made.size();
    return CKR_OK;
  });
}

Bytes valueOf(const CK_ATTRIBUTE* list, unsigned long count, CK_ATTRIBUTE_TYPE type) {
  for (unsigned long i = 0; i < count; ++i)
    if (list[i].type == type) {
      const auto* at = static_cast<const std::uint8_t*>(list[i].pValue);
      return Bytes(at, at + list[i].ulValueLen);
    }
  return {};
}

CK_RV generateKeyPair(CK_SESSION_HANDLE handle, CK_MECHANISM* mechanism, CK_ATTRIBUTE* publicPart,
                      unsigned long publicCount, CK_ATTRIBUTE*, unsigned long, CK_OBJECT_HANDLE* publicKey,
                      CK_OBJECT_HANDLE* privateKey) {
  return withSession("C_GenerateKeyPair", handle, [&](SessionState&, bool) -> CK_RV {
    if (!state().loggedIn) return CKR_USER_NOT_LOGGED_IN;
    const auto id = valueOf(publicPart, publicCount, CKA_ID);
    const auto sm2 = state().store.sm2();
    const bool ec = mechanism->mechanism == CKM_EC_KEY_PAIR_GEN, isSm2 = mechanism->mechanism == sm2.generate;
    if (!ec && !isSm2 && mechanism->mechanism != CKM_RSA_PKCS_KEY_PAIR_GEN) return CKR_MECHANISM_INVALID;
    const auto key = ec ? soft::Key::makeP256() : isSm2 ? soft::Key::makeSm2() : soft::Key::makeRsa();
    *publicKey = state().store.add(publicKeyAttributes(key, id, "made", sm2));
    *privateKey = state().store.add(privateKeyAttributes(key, id, "made", sm2));
    return CKR_OK;
  });
}

CK_RV generateRandom(CK_SESSION_HANDLE handle, unsigned char* bytes, unsigned long size) {
  return withSession("C_GenerateRandom", handle, [&](SessionState&, bool) -> CK_RV {
    return RAND_bytes(bytes, static_cast<int>(size)) == 1 ? CKR_OK : CKR_FUNCTION_FAILED;
  });
}

}  // namespace

void addSigning(CK_FUNCTION_LIST& list) {
  list.C_SignInit = signInit;
  list.C_Sign = sign;
  list.C_GenerateKeyPair = generateKeyPair;
  list.C_GenerateRandom = generateRandom;
}

}  // namespace sealferry::fake
