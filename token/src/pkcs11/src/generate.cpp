// SPDX-License-Identifier: Apache-2.0
#include "generate.h"

#include <algorithm>

#include "base/digest.h"
#include "cryptoki.h"
#include "der.h"
#include "key_pairs.h"

namespace sealferry::token::pkcs11 {
namespace {

constexpr std::string_view label = "SealFerry";

std::vector<Attribute> publicPart(const KeyPairRequest& request, ByteView id) {
  std::vector<Attribute> part{boolean(CKA_TOKEN, true), boolean(CKA_PRIVATE, false), boolean(CKA_VERIFY, true),
                              bytes(CKA_ID, id), bytes(CKA_LABEL, viewOf(label))};
  if (request.algorithm == KeyAlgorithm::rsa) {
    part.push_back(number(CKA_MODULUS_BITS, request.bits));
    part.push_back(bytes(CKA_PUBLIC_EXPONENT, Bytes{1, 0, 1}));
  } else {
    part.push_back(bytes(CKA_EC_PARAMS, request.algorithm == KeyAlgorithm::sm2 ? curveSm2 : curveP256));
  }
  return part;
}

std::vector<Attribute> privatePart(ByteView id) {
  return {boolean(CKA_TOKEN, true),        boolean(CKA_PRIVATE, true), boolean(CKA_SENSITIVE, true),
          boolean(CKA_EXTRACTABLE, false), boolean(CKA_SIGN, true),    bytes(CKA_ID, id),
          bytes(CKA_LABEL, viewOf(label))};
}

/// The mechanism that makes such a pair; mechanism_missing where there is none.
Result<unsigned long> mechanismFor(const RawSession& raw, const KeyPairRequest& request) {
  if (request.algorithm == KeyAlgorithm::rsa) return CKM_RSA_PKCS_KEY_PAIR_GEN;
  if (request.algorithm == KeyAlgorithm::ecdsa) return CKM_EC_KEY_PAIR_GEN;
  const auto& sm2 = raw.module().setting().sm2;
  if (!sm2) return fail(ErrorCode::mechanism_missing, "createKeyPair");
  return sm2->generate;
}

bool possible(const KeyPairRequest& request) {
  if (request.algorithm == KeyAlgorithm::rsa)
    return request.bits == 2048 || request.bits == 3072 || request.bits == 4096;
  return request.bits == 256;
}

}  // namespace

Result<KeyPair> generate(RawSession& raw, const KeyPairRequest& request) {
  if (!possible(request)) return fail(ErrorCode::mechanism_missing, "createKeyPair");
  const auto mechanism = mechanismFor(raw, request);
  if (!mechanism) return passOn(mechanism);
  const auto id = randomBytes(16);
  const auto made = raw.generate(*mechanism, publicPart(request, id), privatePart(id));
  if (!made) return passOn(made);
  const auto pairs = listKeyPairs(raw);
  if (!pairs) return passOn(pairs);
  const auto found = std::ranges::find(*pairs, id, &KeyPair::keyId);
  if (found == pairs->end()) return fail(ErrorCode::internal, "createKeyPair");
  return *found;
}

}  // namespace sealferry::token::pkcs11
