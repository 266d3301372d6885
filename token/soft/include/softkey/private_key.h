// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <optional>

#include "base/secret.h"
#include "skf_layout/envelope.h"
#include "softkey/status.h"

struct evp_pkey_st;

namespace sealferry::softkey {

/// An RSA or SM2 key pair of a container.
class PrivateKey {
 public:
  static std::optional<PrivateKey> makeSm2();
  static std::optional<PrivateKey> makeRsa(unsigned bits);
  static std::optional<PrivateKey> fromDer(ByteView pkcs8);
  /// The pair with this scalar, if its public key is the one expected.
  static std::optional<PrivateKey> fromScalar(ByteView scalar, const skf::EccPublicKey& expected);

  Bytes toDer() const;          ///< PKCS#8, in the clear: to be sealed at once
  Bytes publicKeyInfo() const;  ///< DER
  bool isRsa() const;
  skf::RsaPublicKey rsaPublic() const;
  skf::EccPublicKey eccPublic() const;

  Outcome<Bytes> signSm2(ByteView digest) const;  ///< ECCSIGNATUREBLOB over e as it is given
  Outcome<Bytes> signRsa(ByteView data) const;    ///< PKCS#1 v1.5, padding type 1, around data as it is given
  Outcome<Secret> decrypt(const skf::EnvelopedKey& envelope) const;  ///< the SM4 key

 private:
  struct Free {
    void operator()(evp_pkey_st* key) const;
  };
  explicit PrivateKey(evp_pkey_st* key) : key_(key) {}
  std::unique_ptr<evp_pkey_st, Free> key_;
};

skf::EccPublicKey eccPublicOf(ByteView publicKeyInfo);
skf::RsaPublicKey rsaPublicOf(ByteView publicKeyInfo);
bool isRsa(ByteView publicKeyInfo);
bool verifySm2(const skf::EccPublicKey& key, ByteView digest, ByteView blob);

/// The encryption key pair out of its envelope: SM4-ECB without padding, the scalar right-aligned in 64 bytes.
Outcome<PrivateKey> openEnvelope(const PrivateKey& signing, const skf::EnvelopedKey& envelope);

}  // namespace sealferry::softkey
