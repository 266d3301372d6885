// SPDX-License-Identifier: Apache-2.0
#include <openssl/x509.h>

#include <algorithm>
#include <map>

#include "base/digest.h"
#include "cryptoki.h"
#include "der.h"
#include "keys.h"
#include "plain_sign.h"
#include "store/certificate.h"

namespace sealferry::token::pkcs11 {
namespace {

using store::RawCertificate;

constexpr std::size_t mostIdBytes = 256, mostKeyBytes = 4096;

/// Subject, issuer and serial number, which PKCS#11 wants beside the certificate (v2.40 §4.6.3). DER; empty if it is
/// none.
struct NameFields {
  Bytes subject, issuer, serialNumber;
};

template <class Part, class Encode>
Bytes derOf(Part* part, Encode encode) {
  unsigned char* der = nullptr;
  const int size = encode(part, &der);
  Bytes bytes(der, der + std::max(size, 0));
  OPENSSL_free(der);
  return bytes;
}

NameFields nameFields(ByteView der) {
  const auto* at = der.data();
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())),
                                                                &X509_free);
  if (!certificate) return {};
  return {derOf(X509_get_subject_name(certificate.get()), i2d_X509_NAME),
          derOf(X509_get_issuer_name(certificate.get()), i2d_X509_NAME),
          derOf(X509_get_serialNumber(certificate.get()), i2d_ASN1_INTEGER)};
}

class PlainKeys : public Keys {
 public:
  explicit PlainKeys(RawSession& raw) : raw_(raw) {}

  Result<std::vector<RawCertificate>> certificates() override {
    const auto objects = raw_.find(
        {number(CKA_CLASS, CKO_CERTIFICATE), number(CKA_CERTIFICATE_TYPE, CKC_X_509), boolean(CKA_TOKEN, true)});
    if (!objects) return passOn(objects);
    std::vector<RawCertificate> found;
    for (const auto object : *objects) {
      auto der = raw_.attribute(object, CKA_VALUE, mostCertificateBytes);
      if (!der) return passOn(der);
      auto keyId = raw_.attribute(object, CKA_ID, mostIdBytes);
      if (!keyId) return passOn(keyId);
      if (*der) found.push_back({object, keyId->value_or(Bytes{}), std::move(**der)});
    }
    return found;
  }

  Result<void> importCertificate(ByteView keyId, const std::string& label, ByteView der) override {
    const auto fields = nameFields(der);
    const auto made = raw_.create({number(CKA_CLASS, CKO_CERTIFICATE), number(CKA_CERTIFICATE_TYPE, CKC_X_509),
                                   boolean(CKA_TOKEN, true), boolean(CKA_PRIVATE, false), bytes(CKA_ID, keyId),
                                   bytes(CKA_LABEL, viewOf(label)), bytes(CKA_SUBJECT, fields.subject),
                                   bytes(CKA_ISSUER, fields.issuer), bytes(CKA_SERIAL_NUMBER, fields.serialNumber),
                                   bytes(CKA_VALUE, der)});
    if (!made) return passOn(made);
    return {};
  }

  Result<void> removeCertificate(store::Handle certificate) override { return raw_.destroy(certificate); }

  Result<std::vector<KeyPair>> keyPairs() override {
    auto hidden = keysOf(CKO_PRIVATE_KEY);
    if (!hidden) return passOn(hidden);
    auto open = keysOf(CKO_PUBLIC_KEY);
    if (!open) return passOn(open);
    if (hidden->empty()) return std::move(*open);
    if (auto done = borrowPublicKeys(*hidden, *open); !done) return passOn(done);
    std::erase_if(*hidden, [](const KeyPair& pair) { return pair.publicKeyInfo.empty(); });
    return hidden;
  }

  Result<Bytes> sign(ByteView keyId, SignatureScheme scheme, ByteView digest) override {
    const auto type = scheme == SignatureScheme::ecdsa ? CKK_ECDSA : CKK_RSA;
    const auto found =
        raw_.find({number(CKA_CLASS, CKO_PRIVATE_KEY), number(CKA_KEY_TYPE, type), bytes(CKA_ID, keyId)});
    if (!found) return passOn(found);
    if (found->empty()) return fail(ErrorCode::no_certificate, "sign");
    return plainSign(raw_, found->front(), scheme, digest);
  }

 private:
  Result<std::vector<KeyPair>> keysOf(unsigned long kind) {
    const auto objects = raw_.find({number(CKA_CLASS, kind), boolean(CKA_TOKEN, true)});
    if (!objects) return passOn(objects);
    std::vector<KeyPair> found;
    for (const auto object : *objects) {
      auto keyId = raw_.attribute(object, CKA_ID, mostIdBytes);
      if (!keyId) return passOn(keyId);
      auto info = publicKeyInfo(object);
      if (!info) return passOn(info);
      const auto facts = publicKeyFacts(*info);
      if (kind == CKO_PUBLIC_KEY && facts.bits == 0) continue;
      found.push_back({keyId->value_or(Bytes{}), KeyUse::signing, facts.algorithm, facts.bits, std::move(*info)});
    }
    return found;
  }

  /// From what the object tells: a private RSA key tells it as well as a public one, a private EC key does not.
  Result<Bytes> publicKeyInfo(ObjectId object) {
    const auto take = [&](unsigned long type) { return raw_.attribute(object, type, mostKeyBytes); };
    const auto modulus = take(CKA_MODULUS);
    if (!modulus) return passOn(modulus);
    const auto exponent = take(CKA_PUBLIC_EXPONENT);
    if (!exponent) return passOn(exponent);
    if (*modulus && *exponent) return rsaPublicKeyInfo(**modulus, **exponent);
    const auto curve = take(CKA_EC_PARAMS);
    if (!curve) return passOn(curve);
    const auto point = take(CKA_EC_POINT);
    if (!point) return passOn(point);
    return *curve && *point ? ecPublicKeyInfo(**curve, **point) : Bytes{};
  }

  /// Fills the gaps from the public key or the certificate that has the same CKA_ID.
  Result<void> borrowPublicKeys(std::vector<KeyPair>& pairs, const std::vector<KeyPair>& open) {
    const auto all = certificates();
    if (!all) return passOn(all);
    std::map<Bytes, Bytes> byId;
    for (const auto& certificate : *all)
      if (const auto facts = store::certificateFacts(certificate.der)) byId[certificate.keyId] = facts->publicKeyInfo;
    for (const auto& pair : open) byId[pair.keyId] = pair.publicKeyInfo;
    for (auto& pair : pairs) {
      if (!pair.publicKeyInfo.empty()) continue;
      pair.publicKeyInfo = byId[pair.keyId];
      const auto facts = publicKeyFacts(pair.publicKeyInfo);
      pair.algorithm = facts.algorithm;
      pair.bits = facts.bits;
    }
    return {};
  }

  RawSession& raw_;
};

class PlainOpener : public TokenOpener {
 public:
  PlainOpener(Module& module, WriteObserver* observer) : module_(module), observer_(observer) {}
  Result<OpenToken> open(SlotId slot) override {
    auto raw = RawSession::open(module_, slot, observer_);
    if (!raw) return passOn(raw);
    auto keys = std::make_unique<PlainKeys>(**raw);
    return OpenToken{std::move(*raw), std::move(keys)};
  }

 private:
  Module& module_;
  WriteObserver* observer_;
};

}  // namespace

std::unique_ptr<TokenOpener> makeOpener(Module& module, WriteObserver* observer) {
  return std::make_unique<PlainOpener>(module, observer);
}

}  // namespace sealferry::token::pkcs11
