// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/openssl.h"
#include "pki/key.h"

namespace sealferry::pki {

/// A digest context that signs with this key as X.509 wants it: SHA-256, or SM3 under the usual user id.
class SigningContext {
 public:
  explicit SigningContext(const PrivateKey& key);
  EVP_MD_CTX* get() const { return ready_ ? digest_.get() : nullptr; }

 private:
  MdContext digest_;
  KeyContext key_;
  bool ready_ = false;
};

}  // namespace sealferry::pki
