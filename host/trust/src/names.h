// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <openssl/types.h>

#include <optional>
#include <string_view>

#include "trust/algorithm.h"

/// The tables of digests and signature schemes: their names, object identifiers and parts. Private to host/trust.
namespace sealferry::trust {

/// RSASSA-PSS (RFC 4055 §3.1).
inline constexpr std::string_view pssOid = "1.2.840.113549.1.1.10";

struct DigestRow {
  DigestAlgorithm digest;
  std::string_view name;
  std::string_view oid;
  std::size_t size;
};

struct SignatureRow {
  SignatureAlgorithm algorithm;
  std::string_view name;
  std::string_view oid;  ///< of the signature scheme with its digest; RSASSA-PSS's own for PSS
  DigestAlgorithm digest;
  KeyKind key;
  bool pss;
};

const DigestRow& digestRow(DigestAlgorithm digest);
const SignatureRow& signatureRow(SignatureAlgorithm algorithm);
const EVP_MD* evpDigest(DigestAlgorithm digest);
std::optional<DigestAlgorithm> digestByOid(std::string_view oid);
/// The scheme an identifier names: one that says all, or (as most CMS writers have it) only the key's kind; then the
/// digest told beside it decides. A digest that is given must agree.
std::optional<SignatureAlgorithm> signatureByOid(std::string_view oid, std::optional<DigestAlgorithm> digest);

}  // namespace sealferry::trust
