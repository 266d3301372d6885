// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "base/digest.h"
#include "certificates.h"
#include "cryptoki.h"
#include "der.h"
#include "keys.h"
#include "plain_sign.h"
#include "store/certificate.h"

namespace sealferry::token::pkcs11 {
namespace {

constexpr std::size_t mostKeyBytes = 4096;

class PlainKeys : public Keys {
 public:
  explicit PlainKeys(RawSession& raw) : raw_(raw) {}

  Result<void> importCertificate(ByteView keyId, const std::string& label, ByteView der) override {
    return pkcs11::importCertificate(raw_, keyId, label, der);
  }

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
    return plainSign(raw_, keyId, scheme, digest);
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
    const auto all = listCertificates(raw_);
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
