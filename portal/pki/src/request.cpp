// SPDX-License-Identifier: Apache-2.0
#include <openssl/pem.h>

#include "base/openssl.h"
#include "pki/issue.h"
#include "refuse.h"

namespace sealferry::pki {
namespace {

using RequestHandle = Handle<X509_REQ, X509_REQ_free>;

/// The bytes behind a PEM armour of either label, or the bytes as they are.
Bytes withoutArmour(ByteView input, bool& isRequest) {
  const BioHandle in(BIO_new_mem_buf(input.data(), static_cast<int>(input.size())));
  char* label = nullptr;
  char* header = nullptr;
  unsigned char* data = nullptr;
  long size = 0;
  if (!in || PEM_read_bio(in.get(), &label, &header, &data, &size) != 1) return copyOf(input);
  isRequest = std::string_view(label).find("REQUEST") != std::string_view::npos;
  Bytes out(data, data + size);
  OPENSSL_free(label);
  OPENSSL_free(header);
  OPENSSL_free(data);
  return out;
}

RequestHandle readRequest(ByteView der) {
  const unsigned char* cursor = der.data();
  RequestHandle request(d2i_X509_REQ(nullptr, &cursor, static_cast<long>(der.size())));
  if (cursor != der.data() + der.size()) return nullptr;
  return request;
}

/// SM2 requests are signed under the usual user id, which OpenSSL must be told beforehand.
bool holds(X509_REQ* request) {
  if (X509_REQ_get_signature_nid(request) == NID_SM2_with_SM3) {
    ASN1_OCTET_STRING* id = ASN1_OCTET_STRING_new();
    ASN1_OCTET_STRING_set(id, viewOf(trust::sm2UserId).data(), static_cast<int>(trust::sm2UserId.size()));
    X509_REQ_set0_distinguishing_id(request, id);
  }
  EVP_PKEY* key = X509_REQ_get0_pubkey(request);
  return key != nullptr && X509_REQ_verify(request, key) == 1;
}

}  // namespace

Result<Bytes> publicKeyOf(ByteView requestOrKey) {
  const ErrorQueueGuard guard;
  bool isRequest = false;
  const auto der = withoutArmour(requestOrKey, isRequest);
  if (const auto request = readRequest(der)) {
    if (!holds(request.get())) return badField("publicKeyOf", "signature");
    return encoded<i2d_PUBKEY>(X509_REQ_get0_pubkey(request.get()));
  }
  const unsigned char* cursor = der.data();
  const KeyHandle key(d2i_PUBKEY(nullptr, &cursor, static_cast<long>(der.size())));
  if (isRequest || !key || cursor != der.data() + der.size()) return badField("publicKeyOf", "publicKey");
  return der;
}

}  // namespace sealferry::pki
