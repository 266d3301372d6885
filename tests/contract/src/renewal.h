// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "cases.h"

namespace sealferry::contract {

/// The annual inspection of a key: seal and signing certificate renewed together.
struct Renewal {
  Bytes oldSeal = pattern(20'000, 1), newSeal = pattern(40'000, 2);
  Bytes newCertificate = soft::makeCertificate(knownKeys().rsa.publicKeyInfo(), {.serialNumber = 21});
  Change change{.order = "2026112200017",
                .put = {{"seal", newSeal}},
                .replaces = {sha256(oldSeal)},
                .signCertificate = newCertificate};
  ChangeTarget target{.order = change.order, .blobs = {sha256(newSeal)}, .signCertificate = sha256(newCertificate)};
};

void putOldSeal(Session& session, const Renewal& renewal);

/// "old" or "new" if the key shows exactly that set, complete and with everything else untouched; else what is wrong.
std::string shownSet(Session& session, const Renewal& renewal);

}  // namespace sealferry::contract
