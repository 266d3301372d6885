// SPDX-License-Identifier: Apache-2.0
#include "certificates.h"
#include "keys.h"
#include "plain_sign.h"

namespace sealferry::token::pkcs11 {
namespace {

class PlainKeys : public Keys {
 public:
  explicit PlainKeys(RawSession& raw) : raw_(raw) {}
  Result<void> importCertificate(ByteView keyId, const std::string& label, ByteView der) override {
    const auto made = pkcs11::importCertificate(raw_, keyId, label, der);
    if (!made) return passOn(made);
    return {};
  }
  Result<Bytes> sign(ByteView keyId, SignatureScheme scheme, ByteView digest) override {
    return plainSign(raw_, keyId, scheme, digest);
  }

 private:
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
