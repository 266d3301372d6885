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
  Bytes der;                ///< of a picture, the picture
  Result<seal::Seal> seal;  ///< the failure if it cannot be read
  std::string profile{};    ///< storage profile where a vendor's tools find it; empty: only we do
  bool isPicture = false;   ///< a vendor's file keeps no more of it: nobody can check or stamp with it
  std::string title{};      ///< of a picture, as the file says
  int widthMm = 0, heightMm = 0;
};

/// The certificates that can be parsed; a broken one is left out and logged.
Result<std::vector<HeldCertificate>> heldCertificates(token::Session& session);
/// The current signing certificate: that with a private key and the latest end of validity. Nothing if there is none.
Result<std::optional<HeldCertificate>> signingCertificate(token::Session& session);
/// The same after a login, when the key shows its private keys: no_certificate if the one that was told before
/// (SHA-256) is not the current one, as its private key is not there after all. Nothing is signed or written then.
Result<HeldCertificate> stillHeld(token::Session& session, const Bytes& sha256);
std::optional<HeldCertificate> currentOf(const std::vector<HeldCertificate>& all, token::KeyUse use);
/// Seals, and pictures of such of which the seal is not there. One that a vendor's file keeps is named by its esID,
/// like one of our own. The picture of a seal that is there is not told by itself: it is where tools find that seal.
Result<std::vector<HeldSeal>> heldSeals(token::Session& session);
/// Those that are seals.
std::vector<HeldSeal> withoutPictures(std::vector<HeldSeal> seals);

/// The digests that orders and receipts speak of, read from the key.
Result<order::Holding> holdingOf(token::Session& session);

}  // namespace sealferry::operation
