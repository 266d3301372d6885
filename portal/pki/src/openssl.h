// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

/// Owners for OpenSSL's objects. Private to portal/pki.
namespace sealferry::pki {

template <auto release>
struct Release {
  template <class T>
  void operator()(T* object) const {
    release(object);
  }
};
template <class T, auto release>
using Handle = std::unique_ptr<T, Release<release>>;

using X509Handle = Handle<X509, X509_free>;
using BioHandle = Handle<BIO, BIO_free_all>;
using KeyHandle = Handle<EVP_PKEY, EVP_PKEY_free>;
using KeyContext = Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using MdContext = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;

struct ErrorQueueGuard {
  ErrorQueueGuard() { ERR_set_mark(); }
  ~ErrorQueueGuard() { ERR_pop_to_mark(); }
  ErrorQueueGuard(const ErrorQueueGuard&) = delete;
  ErrorQueueGuard& operator=(const ErrorQueueGuard&) = delete;
};

/// DER of an object through its i2d function.
template <auto encode, class T>
Bytes encoded(const T* object) {
  unsigned char* out = nullptr;
  const int size = encode(object, &out);
  Bytes bytes;
  if (size > 0) bytes.assign(out, out + size);
  OPENSSL_free(out);
  return bytes;
}

inline std::string textOf(BIO* memory) {
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory, &text);
  return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : std::string{};
}

inline tl::unexpected<Error> badField(std::string where, std::string field) {
  return tl::unexpected<Error>(Error{ErrorCode::bad_request, std::move(where), 0, {}, {{"field", std::move(field)}}});
}

}  // namespace sealferry::pki
