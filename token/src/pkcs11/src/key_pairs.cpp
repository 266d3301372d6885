// SPDX-License-Identifier: Apache-2.0
#include "key_pairs.h"

#include <map>

#include "certificates.h"
#include "cryptoki.h"
#include "der.h"
#include "store/certificate.h"

namespace sealferry::token::pkcs11 {
namespace {

constexpr std::size_t mostKeyBytes = 4096;

Result<Bytes> rsaInfo(const RawSession& raw, ObjectId object) {
  const auto modulus = raw.ifTold(object, CKA_MODULUS, mostKeyBytes);
  if (!modulus) return passOn(modulus);
  const auto exponent = raw.ifTold(object, CKA_PUBLIC_EXPONENT, mostKeyBytes);
  if (!exponent) return passOn(exponent);
  return *modulus && *exponent ? rsaPublicKeyInfo(**modulus, **exponent) : Bytes{};
}

/// A key of a vendor's own SM2 type needs no curve to be named.
Result<Bytes> ecInfo(const RawSession& raw, ObjectId object, bool isSm2) {
  const auto curve = raw.ifTold(object, CKA_EC_PARAMS, mostKeyBytes);
  if (!curve) return passOn(curve);
  const auto point = raw.ifTold(object, CKA_EC_POINT, mostKeyBytes);
  if (!point) return passOn(point);
  if (!*point || (!*curve && !isSm2)) return Bytes{};
  return ecPublicKeyInfo(*curve ? **curve : curveSm2, **point);
}

/// From what the object tells: a private RSA key tells it as well as a public one, a private EC key does not. Only what
/// keys of its type have is asked for; some modules have errors of their own for the rest.
Result<Bytes> publicKeyInfo(const RawSession& raw, ObjectId object) {
  const auto type = raw.ifTold(object, CKA_KEY_TYPE, sizeof(unsigned long));
  if (!type) return passOn(type);
  const auto is = [&](unsigned long wanted) { return *type && **type == number(CKA_KEY_TYPE, wanted).value; };
  if (is(CKK_RSA)) return rsaInfo(raw, object);
  const auto& sm2 = raw.module().setting().sm2;
  return ecInfo(raw, object, sm2 && is(sm2->keyType));
}

Result<std::vector<KeyPair>> keysOf(const RawSession& raw, unsigned long kind) {
  const auto objects = raw.find({number(CKA_CLASS, kind), boolean(CKA_TOKEN, true)});
  if (!objects) return passOn(objects);
  std::vector<KeyPair> found;
  for (const auto object : *objects) {
    auto keyId = raw.name(object, CKA_ID, mostIdBytes);
    if (!keyId) return passOn(keyId);
    auto info = publicKeyInfo(raw, object);
    if (!info) return passOn(info);
    const auto facts = publicKeyFacts(*info);
    if (kind == CKO_PUBLIC_KEY && facts.bits == 0) continue;
    found.push_back({keyId->value_or(Bytes{}), KeyUse::signing, facts.algorithm, facts.bits, std::move(*info)});
  }
  return found;
}

/// Fills the gaps from the public key or the certificate that has the same CKA_ID.
Result<void> borrowPublicKeys(RawSession& raw, std::vector<KeyPair>& pairs, const std::vector<KeyPair>& open) {
  const auto all = listCertificates(raw);
  if (!all) return passOn(all);
  std::map<Bytes, Bytes> byId;
  for (const auto& certificate : *all)
    if (const auto facts = store::certificateFacts(certificate.der)) byId[certificate.keyId] = facts->publicKeyInfo;
  for (const auto& pair : open) byId[pair.keyId] = pair.publicKeyInfo;
  for (auto& pair : pairs) {
    if (!pair.publicKeyInfo.empty()) continue;
    pair.publicKeyInfo = byId[pair.keyId];
    const auto facts = publicKeyFacts(pair.publicKeyInfo);
    pair.algorithm = facts.algorithm;
    pair.bits = facts.bits;
  }
  return {};
}

}  // namespace

Result<std::vector<KeyPair>> listKeyPairs(RawSession& raw) {
  auto hidden = keysOf(raw, CKO_PRIVATE_KEY);
  if (!hidden) return passOn(hidden);
  auto open = keysOf(raw, CKO_PUBLIC_KEY);
  if (!open) return passOn(open);
  if (hidden->empty()) return std::move(*open);
  if (auto done = borrowPublicKeys(raw, *hidden, *open); !done) return passOn(done);
  std::erase_if(*hidden, [](const KeyPair& pair) { return pair.publicKeyInfo.empty(); });
  return hidden;
}

}  // namespace sealferry::token::pkcs11
