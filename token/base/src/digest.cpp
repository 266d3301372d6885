// SPDX-License-Identifier: Apache-2.0
#include "base/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <cstdlib>

namespace sealferry {
namespace {

/// Cannot fail but for want of memory, and then there is nothing left to say.
Bytes digestOf(ByteView data, const EVP_MD* method) {
  Bytes digest(static_cast<std::size_t>(EVP_MD_get_size(method)));
  if (EVP_Digest(data.data(), data.size(), digest.data(), nullptr, method, nullptr) != 1) std::abort();
  return digest;
}

}  // namespace

Bytes sha256(ByteView data) { return digestOf(data, EVP_sha256()); }

Bytes sm3(ByteView data) { return digestOf(data, EVP_sm3()); }

bool sameBytes(ByteView left, ByteView right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

Bytes randomBytes(std::size_t count) {
  Bytes bytes(count);
  if (RAND_bytes(bytes.data(), static_cast<int>(count)) != 1) std::abort();  // no randomness: nothing may go on
  return bytes;
}

}  // namespace sealferry
