// SPDX-License-Identifier: Apache-2.0
#include "signing_context.h"

namespace sealferry::pki {

SigningContext::SigningContext(const PrivateKey& key) : digest_(EVP_MD_CTX_new()) {
  const bool sm2 = EVP_PKEY_is_a(key.get(), "SM2") == 1;
  if (sm2) {
    key_.reset(EVP_PKEY_CTX_new(key.get(), nullptr));
    const auto& id = trust::sm2UserId;
    if (!key_ || EVP_PKEY_CTX_set1_id(key_.get(), id.data(), static_cast<int>(id.size())) != 1) return;
    EVP_MD_CTX_set_pkey_ctx(digest_.get(), key_.get());
  }
  ready_ = EVP_DigestSignInit(digest_.get(), nullptr, sm2 ? EVP_sm3() : EVP_sha256(), nullptr, key.get()) == 1;
}

}  // namespace sealferry::pki
