// SPDX-License-Identifier: Apache-2.0
#include "trust/certification_request.h"

#include <openssl/pem.h>

#include <optional>

#include "base/openssl.h"
#include "parsed.h"
#include "sm2.h"
#include "trust/der.h"

namespace sealferry::trust {
namespace {

using RequestHandle = Handle<X509_REQ, X509_REQ_free>;

KeyHandle readKey(ByteView publicKeyInfo) {
  const unsigned char* cursor = publicKeyInfo.data();
  KeyHandle key(d2i_PUBKEY(nullptr, &cursor, static_cast<long>(publicKeyInfo.size())));
  return cursor == publicKeyInfo.data() + publicKeyInfo.size() ? std::move(key) : nullptr;
}

bool isSm2(const EVP_PKEY* key) {
  char group[32] = {};
  return EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) == 1 && std::string_view(group) == "SM2";
}

std::optional<SignatureAlgorithm> algorithmFor(const EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "RSA") == 1) return SignatureAlgorithm::rsaSha256;
  if (EVP_PKEY_is_a(key, "SM2") == 1 || isSm2(key)) return SignatureAlgorithm::sm2Sm3;
  if (EVP_PKEY_is_a(key, "EC") == 1) return SignatureAlgorithm::ecdsaSha256;
  return std::nullopt;
}

/// RFC 4055 §5, RFC 5758 §3.2, GM/T 0006.
Bytes algorithmIdentifier(SignatureAlgorithm algorithm) {
  switch (algorithm) {
    case SignatureAlgorithm::sm2Sm3:
      return der::sequence({der::encodeObjectIdentifier("1.2.156.10197.1.501")});
    case SignatureAlgorithm::ecdsaSha256:
      return der::sequence({der::encodeObjectIdentifier("1.2.840.10045.4.3.2")});
    default:
      return der::sequence({der::encodeObjectIdentifier("1.2.840.113549.1.1.11"), der::encodeNull()});
  }
}

Bytes nameOfCommon(const std::string& commonName) {
  const auto attribute =
      der::sequence({der::encodeObjectIdentifier("2.5.4.3"), der::encodeText(der::tag::utf8String, commonName)});
  return der::sequence({der::setOf({attribute})});
}

/// RFC 2986 §4.1: version 0, subject, key, no attributes.
Bytes requestInfo(ByteView publicKeyInfo, const std::string& commonName) {
  return der::sequence(
      {der::encodeInteger(0), nameOfCommon(commonName), publicKeyInfo, der::element(der::tag::context(0), true, {})});
}

std::optional<Bytes> digestOfInfo(const EVP_PKEY* key, SignatureAlgorithm algorithm, const Bytes& info) {
  if (algorithm != SignatureAlgorithm::sm2Sm3) return digestOf(DigestAlgorithm::sha256, info);
  auto z = sm2Z(key);
  if (!z) return std::nullopt;
  z->insert(z->end(), info.begin(), info.end());
  return digestOf(DigestAlgorithm::sm3, *z);
}

bool holds(X509_REQ* request, EVP_PKEY* key, SignatureAlgorithm algorithm) {
  if (algorithm == SignatureAlgorithm::sm2Sm3) {
    const Handle<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free> id(ASN1_OCTET_STRING_new());
    ASN1_OCTET_STRING_set(id.get(), viewOf(sm2UserId).data(), static_cast<int>(sm2UserId.size()));
    X509_REQ_set0_distinguishing_id(request, ASN1_OCTET_STRING_dup(id.get()));
  }
  return X509_REQ_verify(request, key) == 1;
}

}  // namespace

Result<RequestDraft> prepareRequest(ByteView publicKeyInfo, const std::string& commonName) {
  const ErrorQueueGuard guard;
  const auto key = readKey(publicKeyInfo);
  const auto algorithm = key ? algorithmFor(key.get()) : std::nullopt;
  if (!algorithm) return badCertificate("prepareRequest", "publicKey");
  auto info = requestInfo(publicKeyInfo, commonName);
  auto digest = digestOfInfo(key.get(), *algorithm, info);
  if (!digest) return badCertificate("prepareRequest", "publicKey");
  return RequestDraft(std::move(info), copyOf(publicKeyInfo), std::move(*digest), *algorithm);
}

Result<std::string> RequestDraft::finish(ByteView signature) const {
  const ErrorQueueGuard guard;
  const auto whole = der::sequence({info_, algorithmIdentifier(algorithm_), der::encodeBits(signature)});
  const unsigned char* cursor = whole.data();
  const RequestHandle request(d2i_X509_REQ(nullptr, &cursor, static_cast<long>(whole.size())));
  const auto key = readKey(publicKeyInfo_);
  if (!request || !key || !holds(request.get(), key.get(), algorithm_))
    return badCertificate("finishRequest", "keyMismatch");
  const BioHandle out(BIO_new(BIO_s_mem()));
  if (!out || PEM_write_bio_X509_REQ(out.get(), request.get()) != 1) return badCertificate("finishRequest", "encoding");
  char* text = nullptr;
  const auto size = BIO_get_mem_data(out.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

}  // namespace sealferry::trust
