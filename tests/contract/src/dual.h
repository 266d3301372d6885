// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "cases.h"
#include "soft/sm2.h"

namespace sealferry::contract {

/// The dual certificates of an SM2 key with its seal: what is there first, and the inspection that renews all of it,
/// the encryption key included.
struct Dual {
  soft::Key oldKey = soft::Key::makeSm2(), newKey = soft::Key::makeSm2();
  Bytes oldSeal = pattern(9'000, 3), newSeal = pattern(13'000, 4);
  Bytes oldSign = signing(41), newSign = signing(42);
  Bytes oldEncryption = encryption(oldKey, 43), newEncryption = encryption(newKey, 44);
  Change first{.order = "dual-1",
               .put = {{"印章", oldSeal}},
               .signCertificate = oldSign,
               .encryptionCertificate = oldEncryption,
               .encryptionKey = soft::envelope(oldKey, knownKeys().sm2.publicKeyInfo())};
  Change change{.order = "dual-2",
                .put = {{"印章", newSeal}},
                .replaces = {sha256(oldSeal)},
                .signCertificate = newSign,
                .encryptionCertificate = newEncryption,
                .encryptionKey = soft::envelope(newKey, knownKeys().sm2.publicKeyInfo())};
  ChangeTarget target{.order = change.order,
                      .blobs = {sha256(newSeal)},
                      .signCertificate = sha256(newSign),
                      .encryptionCertificate = sha256(newEncryption)};

  static Bytes signing(long serialNumber) {
    return soft::makeCertificate(knownKeys().sm2.publicKeyInfo(), {.serialNumber = serialNumber});
  }
  static Bytes encryption(const soft::Key& key, long serialNumber) {
    return soft::makeCertificate(key.publicKeyInfo(), {.use = KeyUse::encryption, .serialNumber = serialNumber});
  }
};

/// "old" or "new" if the key shows exactly that set, complete, with the key pair of its encryption certificate, and
/// everything else untouched; else what is wrong.
std::string shownSet(Session& session, const Dual& dual);

}  // namespace sealferry::contract
