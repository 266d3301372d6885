// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cases.h"

namespace sealferry::contract {
namespace {

using enum Capability;

void enumerates(Subject& subject) {
  const auto backend = subject.backend();
  const auto module = need(backend->module(), "module");
  expect(module.slots >= 1, "a slot");
  const auto keys = need(backend->keys(), "keys");
  require(keys.size() == 1, "one key");
  expect(keys[0].serial == subject.serial(), "serial");
  expect(keys[0].id == toHex(sha256(viewOf(keys[0].manufacturer + keys[0].serial))), "id");
  expect(keys[0].writable, "writable");
  expect(!keys[0].pin.locked && !keys[0].pin.lastTry && keys[0].pin.initialized, "PIN state");
}

void refusesUnknownSerial(Subject& subject) {
  const auto backend = subject.backend();
  expectError(backend->open("no such serial"), ErrorCode::no_key, "open");
}

void readsWithoutLogin(Subject& subject) {
  const auto key = open(subject);
  const auto all = need(key->certificates(), "certificates");
  expect(all.size() == 3, "three certificates, not " + std::to_string(all.size()));
  const auto* signing = find(all, knownKeys().rsaCertificate);
  const auto* encryption = find(all, knownKeys().encryptionCertificate);
  require(signing != nullptr && encryption != nullptr, "the known certificates");
  expect(signing->use == KeyUse::signing && encryption->use == KeyUse::encryption, "their uses");
  expect(signing->hasPrivateKey && encryption->hasPrivateKey, "their private keys");
  expect(need(key->blobs(), "blobs").empty(), "no blob yet");
  expectError(key->readBlob("nothing"), ErrorCode::no_seal, "readBlob");
}

void listsKeyPairs(Subject& subject) {
  const auto key = loggedIn(subject);
  const auto pairs = need(key->keyPairs(), "keyPairs");
  expect(pairs.size() == subject.keyPairs(), "all key pairs, not " + std::to_string(pairs.size()));
  for (const auto& pair : pairs) {
    const bool rsaPair = pair.algorithm == KeyAlgorithm::rsa;
    expect(pair.bits == (rsaPair ? 2048 : 256), "bits");
    const bool encryption = pair.publicKeyInfo == knownKeys().encryption.publicKeyInfo();
    expect((pair.use == KeyUse::encryption) == encryption, "use");
  }
}

void certificatesPairWithKeys(Subject& subject) {
  const auto key = loggedIn(subject);
  const auto all = need(key->certificates(), "certificates");
  const auto* certificate = find(all, knownKeys().rsaCertificate);
  require(certificate != nullptr, "certificate");
  expect(certificate->keyId == keyIdOf(*key.session, knownKeys().rsa), "same id");
}

void sharesAndReopens(Subject& subject) {
  auto one = open(subject);
  auto two = need(one.backend->open(subject.serial()), "open again");
  need(two->info(), "the second");
  one.session.reset();
  need(two->certificates(), "the second after the first is closed");
  two.reset();
  for (int i = 0; i < 5; ++i) {
    auto again = need(one.backend->open(subject.serial()), "reopen");
    need(again->login(pin(rightPin)), "login");
    expect(need(again->certificates(), "certificates").size() == 3, "certificates after reopening");
  }
}

/// Before the login such a key shows certificates and nothing else; they are taken at their word, and after it they
/// have to keep it.
void pairsWithoutPublicKeys(Subject& subject) {
  subject.dropPublicKeys();
  const auto key = open(subject);
  const auto before = need(key->certificates(), "certificates");
  expect(before.size() == 3, "three certificates, not " + std::to_string(before.size()));
  for (const auto& one : before) expect(one.hasPrivateKey, "taken for one with a private key");
  need(key->login(pin(rightPin)), "login");
  const auto after = need(key->certificates(), "certificates, logged in");
  for (const auto& one : after) expect(one.hasPrivateKey, "its private key");
  const auto* signing = find(after, knownKeys().rsaCertificate);
  require(signing != nullptr, "the known certificate");
  const auto digest = soft::digestFor(SignatureScheme::rsaSha256, viewOf("text"));
  const auto signature = need(key->sign(signing->keyId, SignatureScheme::rsaSha256, digest), "sign");
  expect(soft::verifies(knownKeys().rsa.publicKeyInfo(), SignatureScheme::rsaSha256, digest, signature), "verify");
}

}  // namespace

std::vector<Case> readingCases() {
  return {{"enumerates", {}, enumerates},
          {"refuses an unknown serial", {}, refusesUnknownSerial},
          {"reads certificates and blobs without a login", {}, readsWithoutLogin},
          {"lists key pairs", {rsa, ecdsa}, listsKeyPairs},
          {"a certificate has the id of its key pair", {rsa}, certificatesPairWithKeys},
          {"certificates whose pairs have no public key object", {rsa, privateOnly}, pairsWithoutPublicKeys},
          {"two sessions, and many in a row", {}, sharesAndReopens}};
}

}  // namespace sealferry::contract
