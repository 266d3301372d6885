// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace sealferry::pki {

/// An order as the portal's database has it: see signerSchema.
struct StoredOrder {
  std::string number, state, operation, origin, keySerial;
  std::optional<Bytes> keyCertificateSha256, signCertificate, encryptionCertificate;
  Bytes replaces, nonce;
  bool allowInPlace = false;
  struct StoredSeal {
    std::string id;
    Bytes der;
  };
  std::vector<StoredSeal> seals;
};

/// Opens the database read-only for this one look. Nothing if there is no such order.
Result<std::optional<StoredOrder>> readOrder(const std::filesystem::path& database, const std::string& number);

}  // namespace sealferry::pki
