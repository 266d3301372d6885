// SPDX-License-Identifier: Apache-2.0
#include "dual.h"

#include <algorithm>

namespace sealferry::contract {
namespace {

bool holdsPair(const std::vector<KeyPair>& pairs, const soft::Key& key, KeyUse use) {
  return std::ranges::any_of(
      pairs, [&](const KeyPair& pair) { return pair.use == use && pair.publicKeyInfo == key.publicKeyInfo(); });
}

}  // namespace

std::string shownSet(Session& session, const Dual& dual) {
  const auto blobs = session.blobs();
  const auto seal = session.readBlob("印章");
  const auto certificates = session.certificates();
  const auto pairs = session.keyPairs();
  if (!blobs || !seal || !certificates || !pairs) return "unreadable";
  if (blobs->size() != 1 || certificates->size() != 5) return "too much or too little";
  const auto& known = knownKeys();
  for (const auto* other : {&known.rsaCertificate, &known.p256Certificate, &known.encryptionCertificate})
    if (find(*certificates, *other) == nullptr) return "another certificate is gone";
  if (!holdsPair(*pairs, known.sm2, KeyUse::signing)) return "the signing key is gone";
  const auto shows = [&](const Bytes& content, const Bytes& sign, const Bytes& encryption, const soft::Key& key) {
    return *seal == content && find(*certificates, sign) != nullptr && find(*certificates, encryption) != nullptr &&
           holdsPair(*pairs, key, KeyUse::encryption);
  };
  if (shows(dual.oldSeal, dual.oldSign, dual.oldEncryption, dual.oldKey)) return "old";
  if (shows(dual.newSeal, dual.newSign, dual.newEncryption, dual.newKey)) return "new";
  return "mixed";
}

}  // namespace sealferry::contract
