// SPDX-License-Identifier: Apache-2.0
#include "keys.h"

namespace sealferry::token::pkcs11 {
namespace {

class PlainOpener : public TokenOpener {
 public:
  PlainOpener(const Module& module, WriteObserver* observer) : module_(module), observer_(observer) {}
  Result<OpenToken> open(SlotId slot) override { return openPlain(module_, slot, observer_); }

 private:
  const Module& module_;
  WriteObserver* observer_;
};

}  // namespace

std::unique_ptr<TokenOpener> makeOpener(Module& module, WriteObserver* observer) {
  return std::make_unique<PlainOpener>(module, observer);
}

}  // namespace sealferry::token::pkcs11
