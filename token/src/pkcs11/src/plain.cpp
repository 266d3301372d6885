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

}  // namespace

Result<OpenToken> openPlain(const Module& module, SlotId slot, WriteObserver* observer) {
  auto raw = RawSession::open(module, slot, observer);
  if (!raw) return passOn(raw);
  auto keys = std::make_unique<PlainKeys>(**raw);
  return OpenToken{std::move(*raw), std::move(keys)};
}

}  // namespace sealferry::token::pkcs11
