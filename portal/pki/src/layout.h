// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "pki/store.h"

/// Where things lie in the folder; see pki/store.h. Private to portal/pki.
namespace sealferry::pki {

struct Layout {
  std::filesystem::path folder;
  std::filesystem::path roots(const char* kind) const { return folder / "public" / "roots" / kind; }
  std::filesystem::path crls() const { return folder / "public" / "crls"; }
  std::filesystem::path issuing() const { return folder / "issuing"; }
  std::filesystem::path orders() const { return folder / "orders"; }
  std::filesystem::path offline() const { return folder / "offline"; }
  std::filesystem::path revoked() const { return issuing() / "revoked.txt"; }
};

Result<Authority> readPair(const std::filesystem::path& folder, const std::string& name);
Result<void> writePair(const std::filesystem::path& folder, const std::string& name, const Authority& pair);
/// Roots from *.pem of one folder, lists from *.crl of another (which may be absent).
Result<trust::Anchors> readAnchors(const std::filesystem::path& roots, const std::filesystem::path& crls);

}  // namespace sealferry::pki
