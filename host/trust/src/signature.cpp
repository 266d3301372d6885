// SPDX-License-Identifier: Apache-2.0
#include "trust/signature.h"

#include <openssl/rsa.h>

#include "names.h"
#include "parsed.h"
#include "sm2.h"

namespace sealferry::trust {
namespace {

bool setPadding(EVP_PKEY_CTX* context, const SignatureRow& row) {
  if (row.key == KeyKind::sm2)
    return EVP_PKEY_CTX_set1_id(context, sm2UserId.data(), static_cast<int>(sm2UserId.size())) == 1;
  if (!row.pss) return true;
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_AUTO) == 1;
}

/// SM2 wants its user id before the digest is begun, everything else wants its padding afterwards.
bool begin(EVP_MD_CTX* digest, EVP_PKEY_CTX* own, EVP_PKEY* key, const SignatureRow& row) {
  if (row.key == KeyKind::sm2) {
    if (!setPadding(own, row)) return false;
    EVP_MD_CTX_set_pkey_ctx(digest, own);
    return EVP_DigestVerifyInit(digest, nullptr, evpDigest(row.digest), nullptr, key) == 1;
  }
  EVP_PKEY_CTX* made = nullptr;
  return EVP_DigestVerifyInit(digest, &made, evpDigest(row.digest), nullptr, key) == 1 && setPadding(made, row);
}

}  // namespace

bool verifySignature(const Certificate& certificate, SignatureAlgorithm algorithm, ByteView message,
                     ByteView signature) {
  return verifySignature(certificate, algorithm, std::span<const ByteView>(&message, 1), signature);
}

bool verifySignature(const Certificate& certificate, SignatureAlgorithm algorithm, std::span<const ByteView> message,
                     ByteView signature) {
  const auto& row = signatureRow(algorithm);
  if (row.key != certificate.keyKind() || signature.empty()) return false;
  const ErrorQueueGuard guard;
  EVP_PKEY* key = keyOf(certificate);
  const KeyContext own(EVP_PKEY_CTX_new(key, nullptr));
  const MdContext digest(EVP_MD_CTX_new());
  if (!own || !digest || !begin(digest.get(), own.get(), key, row)) return false;
  for (const auto part : message)
    if (EVP_DigestVerifyUpdate(digest.get(), part.data(), part.size()) != 1) return false;
  return EVP_DigestVerifyFinal(digest.get(), signature.data(), signature.size()) == 1;
}

Result<Bytes> digestToSign(const Certificate& certificate, SignatureAlgorithm algorithm, ByteView message) {
  const auto& row = signatureRow(algorithm);
  if (row.key != certificate.keyKind()) return badCertificate("digestToSign", "keyKind");
  if (row.key != KeyKind::sm2) return digestOf(row.digest, message);
  auto z = sm2Z(keyOf(certificate));
  if (!z) return badCertificate("digestToSign", "publicKey");
  z->insert(z->end(), message.begin(), message.end());
  return digestOf(DigestAlgorithm::sm3, *z);
}

}  // namespace sealferry::trust
