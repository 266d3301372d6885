// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "token/types.h"

namespace sealferry::token::store {

/// The little that a key needs to know of a certificate; whether it is any good is for others to judge.
struct CertificateFacts {
  KeyUse use = KeyUse::signing;
  bool authority = false;  ///< basicConstraints says CA: no end-entity certificate
  Bytes publicKeyInfo;     ///< DER SubjectPublicKeyInfo
};

/// Nothing unless the bytes are exactly one DER certificate.
std::optional<CertificateFacts> certificateFacts(ByteView der);

}  // namespace sealferry::token::store
