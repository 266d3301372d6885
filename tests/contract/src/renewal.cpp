// SPDX-License-Identifier: Apache-2.0
#include "renewal.h"

namespace sealferry::contract {

void putOldSeal(Session& session, const Renewal& renewal) {
  need(session.apply({.order = "first", .put = {{"seal", renewal.oldSeal}}}, {}), "the old seal");
}

std::string shownSet(Session& session, const Renewal& renewal) {
  const auto blobs = session.blobs();
  const auto seal = session.readBlob("seal");
  const auto certificates = session.certificates();
  if (!blobs || !seal || !certificates) return "unreadable";
  if (blobs->size() != 1 || certificates->size() != 3) return "too much or too little";
  const auto& known = knownKeys();
  if (find(*certificates, known.encryptionCertificate) == nullptr ||
      find(*certificates, known.p256Certificate) == nullptr)
    return "another certificate is gone";
  const bool oldCertificate = find(*certificates, known.rsaCertificate) != nullptr;
  const bool newCertificate = find(*certificates, renewal.newCertificate) != nullptr;
  if (oldCertificate && *seal == renewal.oldSeal) return "old";
  if (newCertificate && *seal == renewal.newSeal) return "new";
  return "mixed";
}

}  // namespace sealferry::contract
