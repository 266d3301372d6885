// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "trust/chain.h"

namespace sealferry::trust {

/// What the lists say of a certificate.
struct Revocation {
  bool known = false;             ///< a complete list of its issuer was there, or one that names it
  bool outdated = false;          ///< all usable lists had passed their nextUpdate; the complete ones, if there are any
  std::optional<Time> revokedAt;  ///< the earliest entry found
};

/// Looks the certificate up in every list that its issuer signed. Outdated lists still count: what they revoke stays
/// revoked.
Revocation lookUp(const Certificate& certificate, const Certificate& issuer, std::span<const Crl> crls, Time at);

}  // namespace sealferry::trust
