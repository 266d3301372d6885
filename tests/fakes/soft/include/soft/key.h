// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>

#include "base/result.h"
#include "token/types.h"

struct evp_pkey_st;

namespace sealferry::soft {

/// A key pair in memory.
class Key {
 public:
  static Key makeRsa(unsigned bits = 2048);
  static Key makeP256();
  static Key makeSm2();
  static Key fromPem(const std::string& pem);

  Bytes publicKeyInfo() const;
  std::string toPem() const;  ///< PKCS#8, not encrypted: for `softhsm2-util --import` and the like
  token::KeyAlgorithm algorithm() const;
  unsigned bits() const;
  Result<Bytes> sign(token::SignatureScheme scheme, ByteView digest) const;
  evp_pkey_st* handle() const { return key_.get(); }

 private:
  struct Free {
    void operator()(evp_pkey_st* key) const;
  };
  explicit Key(evp_pkey_st* key) : key_(key, Free{}) {}
  std::shared_ptr<evp_pkey_st> key_;
};

/// Whether OpenSSL, knowing the public key alone, accepts the signature.
bool verifies(ByteView publicKeyInfo, token::SignatureScheme scheme, ByteView digest, ByteView signature);
/// The digest a scheme signs, of some message.
Bytes digestFor(token::SignatureScheme scheme, ByteView message);

}  // namespace sealferry::soft
