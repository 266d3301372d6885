// SPDX-License-Identifier: Apache-2.0
#include "plain_sign.h"

#include <cstring>

#include "cryptoki.h"
#include "der.h"

namespace sealferry::token::pkcs11 {
namespace {

/// CK_RSA_PKCS_PSS_PARAMS for a digest of this length; the salt is as long as the digest.
Bytes pssParameter(std::size_t digestSize) {
  CK_RSA_PKCS_PSS_PARAMS how{};
  how.hashAlg = digestSize == 48 ? CKM_SHA384 : digestSize == 64 ? CKM_SHA512 : CKM_SHA256;
  how.mgf = digestSize == 48 ? CKG_MGF1_SHA384 : digestSize == 64 ? CKG_MGF1_SHA512 : CKG_MGF1_SHA256;
  how.sLen = digestSize;
  Bytes raw(sizeof how);
  std::memcpy(raw.data(), &how, sizeof how);
  return raw;
}

Result<Bytes> signEcdsa(RawSession& raw, ObjectId key, ByteView digest) {
  auto rs = raw.sign(key, CKM_ECDSA, {}, digest);
  if (!rs) return rs;
  auto der = ecdsaSignature(*rs);
  if (der.empty()) return fail(ErrorCode::internal, "C_Sign");
  return der;
}

/// What the module calls SM2; mechanism_missing where policy says that it has none.
Result<Sm2Mechanisms> sm2Of(const RawSession& raw) {
  const auto& sm2 = raw.module().setting().sm2;
  if (!sm2) return fail(ErrorCode::mechanism_missing, "sm2");
  return *sm2;
}

Result<Bytes> signSm2(RawSession& raw, ObjectId key, ByteView digest) {
  constexpr std::size_t sm3Bytes = 32, pairBytes = 64;
  const auto sm2 = sm2Of(raw);
  if (!sm2) return passOn(sm2);
  if (digest.size() != sm3Bytes) return fail(ErrorCode::bad_request, "sign");
  auto value = raw.sign(key, sm2->sign, {}, digest);
  if (!value || sm2->der) return value;
  if (value->size() != pairBytes) return fail(ErrorCode::internal, "C_Sign");
  return ecdsaSignature(*value);  // SEQUENCE{r,s}, as GM/T 0009 has it too
}

Result<unsigned long> keyTypeFor(const RawSession& raw, SignatureScheme scheme) {
  if (scheme == SignatureScheme::ecdsa) return CKK_ECDSA;
  if (scheme != SignatureScheme::sm2Sm3) return CKK_RSA;
  const auto sm2 = sm2Of(raw);
  if (!sm2) return passOn(sm2);
  return sm2->keyType;
}

Result<ObjectId> privateKey(const RawSession& raw, ByteView keyId, SignatureScheme scheme) {
  const auto found = raw.find({number(CKA_CLASS, CKO_PRIVATE_KEY), bytes(CKA_ID, keyId)});
  if (!found) return passOn(found);
  if (found->empty()) return fail(ErrorCode::no_certificate, "sign");
  const auto type = keyTypeFor(raw, scheme);
  if (!type) return passOn(type);
  const auto suiting =
      raw.find({number(CKA_CLASS, CKO_PRIVATE_KEY), number(CKA_KEY_TYPE, *type), bytes(CKA_ID, keyId)});
  if (!suiting) return passOn(suiting);
  if (suiting->empty()) return fail(ErrorCode::mechanism_missing, "sign");
  return suiting->front();
}

Result<Bytes> signWith(RawSession& raw, ObjectId key, SignatureScheme scheme, ByteView digest) {
  switch (scheme) {
    case SignatureScheme::rsaSha256:
    case SignatureScheme::rsaSha384:
    case SignatureScheme::rsaSha512:
      return raw.sign(key, CKM_RSA_PKCS, {}, digestInfo(digest));
    case SignatureScheme::rsaPssSha256:
    case SignatureScheme::rsaPssSha384:
    case SignatureScheme::rsaPssSha512:
      return raw.sign(key, CKM_RSA_PKCS_PSS, pssParameter(digest.size()), digest);
    case SignatureScheme::ecdsa:
      return signEcdsa(raw, key, digest);
    case SignatureScheme::sm2Sm3:
      return signSm2(raw, key, digest);
  }
  return fail(ErrorCode::mechanism_missing, "sign");
}

}  // namespace

bool isPss(SignatureScheme scheme) {
  return scheme == SignatureScheme::rsaPssSha256 || scheme == SignatureScheme::rsaPssSha384 ||
         scheme == SignatureScheme::rsaPssSha512;
}

Result<Bytes> plainSign(RawSession& raw, ByteView keyId, SignatureScheme scheme, ByteView digest) {
  const auto key = privateKey(raw, keyId, scheme);
  if (!key) return passOn(key);
  return signWith(raw, *key, scheme, digest);
}

}  // namespace sealferry::token::pkcs11
