// SPDX-License-Identifier: Apache-2.0
#include "names.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>

namespace sealferry::trust {
namespace {

constexpr std::array digestTable{
    // the first row of a digest is the one that is written
    DigestRow{DigestAlgorithm::sha1, "sha1", "1.3.14.3.2.26", 20},
    DigestRow{DigestAlgorithm::sha256, "sha256", "2.16.840.1.101.3.4.2.1", 32},
    DigestRow{DigestAlgorithm::sha384, "sha384", "2.16.840.1.101.3.4.2.2", 48},
    DigestRow{DigestAlgorithm::sha512, "sha512", "2.16.840.1.101.3.4.2.3", 64},
    DigestRow{DigestAlgorithm::sm3, "sm3", "1.2.156.10197.1.401", 32},
    DigestRow{DigestAlgorithm::sm3, "sm3", "1.2.156.10197.1.401.1", 32},  // without a key; read, never written
};

constexpr std::array signatureTable{
    SignatureRow{SignatureAlgorithm::rsaSha1, "rsa-sha1", "1.2.840.113549.1.1.5", DigestAlgorithm::sha1, KeyKind::rsa,
                 false},
    SignatureRow{SignatureAlgorithm::rsaSha256, "rsa-sha256", "1.2.840.113549.1.1.11", DigestAlgorithm::sha256,
                 KeyKind::rsa, false},
    SignatureRow{SignatureAlgorithm::rsaSha384, "rsa-sha384", "1.2.840.113549.1.1.12", DigestAlgorithm::sha384,
                 KeyKind::rsa, false},
    SignatureRow{SignatureAlgorithm::rsaSha512, "rsa-sha512", "1.2.840.113549.1.1.13", DigestAlgorithm::sha512,
                 KeyKind::rsa, false},
    SignatureRow{SignatureAlgorithm::rsaPssSha256, "rsa-pss-sha256", pssOid, DigestAlgorithm::sha256, KeyKind::rsa,
                 true},
    SignatureRow{SignatureAlgorithm::rsaPssSha384, "rsa-pss-sha384", pssOid, DigestAlgorithm::sha384, KeyKind::rsa,
                 true},
    SignatureRow{SignatureAlgorithm::rsaPssSha512, "rsa-pss-sha512", pssOid, DigestAlgorithm::sha512, KeyKind::rsa,
                 true},
    SignatureRow{SignatureAlgorithm::ecdsaSha256, "ecdsa-sha256", "1.2.840.10045.4.3.2", DigestAlgorithm::sha256,
                 KeyKind::ecdsa, false},
    SignatureRow{SignatureAlgorithm::ecdsaSha384, "ecdsa-sha384", "1.2.840.10045.4.3.3", DigestAlgorithm::sha384,
                 KeyKind::ecdsa, false},
    SignatureRow{SignatureAlgorithm::ecdsaSha512, "ecdsa-sha512", "1.2.840.10045.4.3.4", DigestAlgorithm::sha512,
                 KeyKind::ecdsa, false},
    SignatureRow{SignatureAlgorithm::sm2Sm3, "sm2-sm3", "1.2.156.10197.1.501", DigestAlgorithm::sm3, KeyKind::sm2,
                 false},
};

/// Identifiers that name the key's kind alone. GB/T 35275 writers differ between …301.1 and …501 for SM2.
std::optional<KeyKind> keyKindByOid(std::string_view oid) {
  if (oid == "1.2.840.113549.1.1.1") return KeyKind::rsa;
  if (oid == "1.2.840.10045.2.1") return KeyKind::ecdsa;
  if (oid == "1.2.156.10197.1.301.1" || oid == "1.2.156.10197.1.301") return KeyKind::sm2;
  return std::nullopt;
}

}  // namespace

const DigestRow& digestRow(DigestAlgorithm digest) {
  return *std::ranges::find(digestTable, digest, &DigestRow::digest);
}

const SignatureRow& signatureRow(SignatureAlgorithm algorithm) {
  return *std::ranges::find(signatureTable, algorithm, &SignatureRow::algorithm);
}

const EVP_MD* evpDigest(DigestAlgorithm digest) {
  switch (digest) {
    case DigestAlgorithm::sha1:
      return EVP_sha1();
    case DigestAlgorithm::sha256:
      return EVP_sha256();
    case DigestAlgorithm::sha384:
      return EVP_sha384();
    case DigestAlgorithm::sha512:
      return EVP_sha512();
    case DigestAlgorithm::sm3:
      break;
  }
  return EVP_sm3();
}

std::optional<DigestAlgorithm> digestByOid(std::string_view oid) {
  const auto row = std::ranges::find(digestTable, oid, &DigestRow::oid);
  if (row == digestTable.end()) return std::nullopt;
  return row->digest;
}

std::optional<SignatureAlgorithm> signatureByOid(std::string_view oid, std::optional<DigestAlgorithm> digest) {
  const auto kind = keyKindByOid(oid);
  if (kind && !digest) return std::nullopt;
  const auto fits = [&](const SignatureRow& row) {
    return (!digest || row.digest == *digest) && (kind ? row.key == *kind && !row.pss : row.oid == oid);
  };
  const auto row = std::ranges::find_if(signatureTable, fits);
  if (row == signatureTable.end()) return std::nullopt;
  return row->algorithm;
}

}  // namespace sealferry::trust
