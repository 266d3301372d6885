// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <openssl/evp.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "trust/chain.h"
#include "trust/cms.h"

/// Keys and certificates made on the spot for tests. The key signs digests, as a token does.
namespace sealferry::test {

class Key {
 public:
  static Key rsa(unsigned bits = 2048);
  static Key ec(const char* group = "P-256");
  static Key sm2();
  EVP_PKEY* get() const { return key_.get(); }
  /// The second phase: what token::Session::sign does.
  Bytes sign(trust::SignatureAlgorithm algorithm, ByteView digest) const;
  std::string publicPem() const;
  bool isSm2() const { return EVP_PKEY_is_a(get(), "SM2") == 1; }

 private:
  explicit Key(EVP_PKEY* key) : key_(key, EVP_PKEY_free) {}
  std::shared_ptr<EVP_PKEY> key_;
};

struct CertificateFields {
  std::string subject = "Test Unit";  ///< O
  std::string issuer = "Test Root";   ///< O
  long serial = 1;
  Time notBefore = 0, notAfter = 4'000'000'000;
  bool authority = false;
  std::string keyUsage = "critical,digitalSignature,nonRepudiation";  ///< empty: no extension
  std::string extendedKeyUsage = {};
  std::string criticalExtra = {};  ///< an extension nobody knows, marked critical, if not empty
};
trust::Certificate certify(const Key& subject, const Key& issuer, const CertificateFields& fields);
trust::Certificate selfSigned(const Key& key, const std::string& name = "Test Root");

struct Entry {
  long serial;
  Time revoked;
};
Bytes makeCrl(const Key& issuer, const std::string& issuerName, const std::vector<Entry>& entries, Time nextUpdate);

/// Signs a draft and finishes it.
Bytes complete(const trust::cms::Draft& draft, const Key& key);

inline constexpr Time now = 1'795'334'400;  // 2026-11-22T08:00:00Z
inline constexpr Time day = 86'400;

}  // namespace sealferry::test
