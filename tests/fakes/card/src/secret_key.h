// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <optional>

#include "base/bytes.h"

struct evp_pkey_st;

namespace sealferry::card {

/// A private key inside the card: RSA-2048 or P-256. Every call answers nothing on failure.
class SecretKey {
 public:
  static std::optional<SecretKey> makeRsa();
  static std::optional<SecretKey> makeP256();
  static std::optional<SecretKey> fromPrimes(ByteView p, ByteView q);  ///< with the public exponent 65537
  static std::optional<SecretKey> fromP256Scalar(ByteView d);
  static std::optional<SecretKey> fromImage(ByteView pkcs8);
  Bytes image() const;

  bool isRsa() const;
  Bytes modulus() const;
  Bytes point() const;  ///< uncompressed
  /// RSA: the card pads what it is given (PKCS#1 v1.5 type 1). EC: the bytes are the digest, DER comes back.
  std::optional<Bytes> sign(ByteView data) const;
  std::optional<Bytes> decipher(ByteView data) const;  ///< RSA, PKCS#1 v1.5

 private:
  struct Free {
    void operator()(evp_pkey_st* key) const;
  };
  explicit SecretKey(evp_pkey_st* key) : key_(key, Free{}) {}
  static std::optional<SecretKey> holding(evp_pkey_st* key);
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace sealferry::card
