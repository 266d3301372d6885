// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "base/result.h"
#include "order/receipt.h"
#include "seal/seal.h"
#include "token/backend.h"
#include "trust/certificate.h"

namespace sealferry::operation {

struct HeldCertificate {
  trust::Certificate certificate;
  Bytes keyId;
  token::KeyUse use;
  bool hasPrivateKey;
};
struct HeldSeal {
  std::string name;
  Bytes der;
  Result<seal::Seal> seal;  ///< the failure if it cannot be read
};

/// The certificates that can be parsed; a broken one is left out and logged.
Result<std::vector<HeldCertificate>> heldCertificates(token::Session& session);
/// The current signing certificate: that with a private key and the latest end of validity. Nothing if there is none.
Result<std::optional<HeldCertificate>> signingCertificate(token::Session& session);
std::optional<HeldCertificate> currentOf(const std::vector<HeldCertificate>& all, token::KeyUse use);
Result<std::vector<HeldSeal>> heldSeals(token::Session& session);

/// The digests that orders and receipts speak of, read from the key.
Result<order::Holding> holdingOf(token::Session& session);

}  // namespace sealferry::operation
