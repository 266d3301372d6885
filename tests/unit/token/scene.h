// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <optional>
#include <string>

#include "base/digest.h"
#include "memory/memory_key.h"
#include "soft/certificate.h"
#include "store/store.h"

namespace sealferry::token {

/// A key that holds a certificate and a seal, and the order that renews both.
class Scene {
 public:
  Scene() {
    const auto pair = soft::Key::makeP256();
    keyId = key.addKeyPair(pair);
    oldCertificate = soft::makeCertificate(pair.publicKeyInfo(), {.serialNumber = 1});
    newCertificate = soft::makeCertificate(pair.publicKeyInfo(), {.serialNumber = 2});
    const auto other = soft::Key::makeP256();
    const auto otherId = key.addKeyPair(other, KeyUse::encryption);
    encryptionCertificate =
        soft::makeCertificate(other.publicKeyInfo(), {.use = KeyUse::encryption, .serialNumber = 3});
    (void)key.importCertificate(keyId, oldCertificate);
    (void)key.importCertificate(otherId, encryptionCertificate);
    (void)put("seal", oldSeal);
  }

  Result<void> put(const std::string& name, const Bytes& content) {
    return store().apply({.order = "first", .put = {{name, content}}}, {});
  }
  store::Store store() { return store::Store(key); }

  Change renewal() const {
    return {.order = "renewal",
            .put = {{"seal", newSeal}},
            .replaces = {sha256(oldSeal)},
            .signCertificate = newCertificate};
  }

  /// "old" or "new" if the key shows exactly one of the two sets, else what is wrong.
  std::string shown() {
    const auto certificates = store().certificates();
    const auto seal = store().readBlob("seal");
    if (!certificates || !seal || store().blobs()->size() != 1) return "unreadable";
    if (certificates->size() != 2 || !has(*certificates, encryptionCertificate)) return "wrong number";
    if (has(*certificates, oldCertificate) && *seal == oldSeal) return "old";
    if (has(*certificates, newCertificate) && *seal == newSeal) return "new";
    return "mixed";
  }

  MemoryKey key;
  Bytes keyId, oldCertificate, newCertificate, encryptionCertificate;
  Bytes oldSeal = Bytes(20'000, 0xAA), newSeal = Bytes(40'000, 0xBB);

 private:
  static bool has(const std::vector<CertificateObject>& certificates, const Bytes& der) {
    return std::ranges::any_of(certificates, [&](const auto& one) { return one.der == der; });
  }
};

}  // namespace sealferry::token
