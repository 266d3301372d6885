// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "trust/algorithm.h"

struct evp_pkey_st;

namespace sealferry::pki {

enum class KeyType { rsa2048, rsa3072, p256, sm2 };

/// A private key in this process' memory: for the demonstration's own authorities, never for an applicant.
class PrivateKey {
 public:
  static Result<PrivateKey> generate(KeyType type);
  static Result<PrivateKey> fromPem(std::string_view pem);
  std::string pem() const;  ///< PKCS#8, not encrypted: its folder guards it
  Bytes publicKeyInfo() const;
  /// The second phase of every signature: see trust/cms.h and seal/make.h.
  Result<Bytes> sign(trust::SignatureAlgorithm algorithm, ByteView digest) const;
  evp_pkey_st* get() const { return key_.get(); }

 private:
  explicit PrivateKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace sealferry::pki
