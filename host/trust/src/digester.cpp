// SPDX-License-Identifier: Apache-2.0
#include "trust/digester.h"

#include <cstdlib>

#include "base/openssl.h"
#include "names.h"

namespace sealferry::trust {

struct Digester::State {
  MdContext context{EVP_MD_CTX_new()};
};

/// Cannot fail but for want of memory, and then there is nothing left to say.
Digester::Digester(DigestAlgorithm algorithm) : state_(std::make_unique<State>()) {
  if (EVP_DigestInit_ex(state_->context.get(), evpDigest(algorithm), nullptr) != 1) std::abort();
}

Digester::~Digester() = default;
Digester::Digester(Digester&&) noexcept = default;
Digester& Digester::operator=(Digester&&) noexcept = default;

Digester Digester::clone() const {
  Digester copy(DigestAlgorithm::sha256);
  if (EVP_MD_CTX_copy_ex(copy.state_->context.get(), state_->context.get()) != 1) std::abort();
  return copy;
}

void Digester::update(ByteView data) {
  if (EVP_DigestUpdate(state_->context.get(), data.data(), data.size()) != 1) std::abort();
}

Bytes Digester::finish() {
  Bytes digest(static_cast<std::size_t>(EVP_MD_CTX_get_size(state_->context.get())));
  if (EVP_DigestFinal_ex(state_->context.get(), digest.data(), nullptr) != 1) std::abort();
  return digest;
}

}  // namespace sealferry::trust
