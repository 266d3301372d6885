// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

#include "base/bytes.h"

/// Owners for OpenSSL's objects. For the .cpp files that use libcrypto; no public header includes this one.
namespace sealferry {

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
using CrlHandle = Handle<X509_CRL, X509_CRL_free>;
using NameHandle = Handle<X509_NAME, X509_NAME_free>;
using BioHandle = Handle<BIO, BIO_free_all>;
using BnHandle = Handle<BIGNUM, BN_free>;
using KeyHandle = Handle<EVP_PKEY, EVP_PKEY_free>;
using KeyContext = Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using MdContext = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;

/// What OpenSSL queues on failure is of no use to us and must not be found by a later call.
struct ErrorQueueGuard {
  ErrorQueueGuard() { ERR_set_mark(); }
  ~ErrorQueueGuard() { ERR_pop_to_mark(); }
  ErrorQueueGuard(const ErrorQueueGuard&) = delete;
  ErrorQueueGuard& operator=(const ErrorQueueGuard&) = delete;
};

/// DER of an object through its i2d function; empty if it fails.
template <auto encode, class T>
Bytes encoded(const T* object) {
  unsigned char* out = nullptr;
  const int size = encode(object, &out);
  Bytes bytes;
  if (size > 0) bytes.assign(out, out + size);
  OPENSSL_free(out);
  return bytes;
}

}  // namespace sealferry
