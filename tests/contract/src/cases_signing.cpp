// SPDX-License-Identifier: Apache-2.0
#include "cases.h"

namespace sealferry::contract {
namespace {

using enum Capability;

void signsWith(Subject& subject, const soft::Key& known, const std::vector<SignatureScheme>& schemes) {
  const auto key = loggedIn(subject);
  const auto id = keyIdOf(*key.session, known);
  for (const auto scheme : schemes)
    for (const auto* text : {"a message", "另一段文字"}) {
      const auto digest = soft::digestFor(scheme, viewOf(text));
      const auto signature = need(key->sign(id, scheme, digest), "sign " + std::to_string(static_cast<int>(scheme)));
      expect(soft::verifies(known.publicKeyInfo(), scheme, digest, signature),
             "OpenSSL accepts scheme " + std::to_string(static_cast<int>(scheme)));
      const auto other = soft::digestFor(scheme, viewOf("something else"));
      expect(!soft::verifies(known.publicKeyInfo(), scheme, other, signature), "and only for this message");
    }
}

void signsRsa(Subject& subject) {
  signsWith(subject, knownKeys().rsa,
            {SignatureScheme::rsaSha256, SignatureScheme::rsaSha384, SignatureScheme::rsaSha512});
}

void signsPss(Subject& subject) {
  signsWith(subject, knownKeys().rsa,
            {SignatureScheme::rsaPssSha256, SignatureScheme::rsaPssSha384, SignatureScheme::rsaPssSha512});
}

void signsEcdsa(Subject& subject) { signsWith(subject, knownKeys().p256, {SignatureScheme::ecdsa}); }

/// CKA_ALWAYS_AUTHENTICATE: the PIN that let us in is shown again for each signature, as long as the login lasts, and
/// the pairs beside it sign as ever.
void signsWithPinEachTime(Subject& subject) {
  subject.addPinEachTime(KeyAlgorithm::rsa, 0x21);
  if (subject.has(ecdsa)) subject.addPinEachTime(KeyAlgorithm::ecdsa, 0x22);
  const auto key = loggedIn(subject);
  const auto digest = soft::digestFor(SignatureScheme::rsaSha256, viewOf("text"));
  const auto pairs = need(key->keyPairs(), "keyPairs");
  for (const auto& pair : pairs) {
    if (pair.keyId != Bytes{0x21} && pair.keyId != Bytes{0x22}) continue;
    const bool isRsa = pair.algorithm == KeyAlgorithm::rsa;
    std::vector schemes(2, isRsa ? SignatureScheme::rsaSha256 : SignatureScheme::ecdsa);
    if (isRsa && subject.has(pss)) schemes.push_back(SignatureScheme::rsaPssSha256);
    for (const auto scheme : schemes) {
      const auto signature = need(key->sign(pair.keyId, scheme, digest), "sign");
      expect(soft::verifies(pair.publicKeyInfo, scheme, digest, signature), "OpenSSL accepts");
    }
  }
  expect(pairs.size() == subject.keyPairs() + (subject.has(ecdsa) ? 2 : 1), "they are listed");
  need(key->sign(keyIdOf(*key.session, knownKeys().rsa), SignatureScheme::rsaSha256, digest), "another pair signs");
  expect(!need(key->info(), "info").pin.countLow, "no wrong PIN was shown");
  need(key->logout(), "logout");
  expect(!key->sign(Bytes{0x21}, SignatureScheme::rsaSha256, digest).has_value(), "nothing is signed after it");
}

/// The host does so from one order to the next: the new session is there before the old one has logged out, and at the
/// logout SoftHSM numbers the private keys anew.
void signsAfterAnothersLogout(Subject& subject) {
  auto key = loggedIn(subject);
  const auto id = keyIdOf(*key.session, knownKeys().rsa);
  const auto digest = soft::digestFor(SignatureScheme::rsaSha256, viewOf("text"));
  for (int i = 0; i < 3; ++i) {
    need(key->sign(id, SignatureScheme::rsaSha256, digest), "sign " + std::to_string(i));
    auto next = need(key.backend->open(subject.serial()), "open the next");
    key.session = std::move(next);
    need(key->login(pin(rightPin)), "login");
  }
}

void refusesWrongScheme(Subject& subject) {
  const auto key = loggedIn(subject);
  const auto id = keyIdOf(*key.session, knownKeys().p256);
  const auto digest = soft::digestFor(SignatureScheme::rsaSha256, viewOf("text"));
  expect(!key->sign(id, SignatureScheme::rsaSha256, digest).has_value(), "RSA with an EC key");
  expectError(key->sign(Bytes{9, 9, 9}, SignatureScheme::ecdsa, digest), ErrorCode::no_certificate, "unknown key");
  need(key->sign(id, SignatureScheme::ecdsa, digest), "the session still works");
}

void signsManyTimes(Subject& subject) {
  const auto key = loggedIn(subject);
  const auto id = keyIdOf(*key.session, knownKeys().p256);
  for (unsigned i = 0; i < 50; ++i) {
    const auto digest = soft::digestFor(SignatureScheme::ecdsa, pattern(100, i));
    const auto signature = need(key->sign(id, SignatureScheme::ecdsa, digest), "sign");
    expect(soft::verifies(knownKeys().p256.publicKeyInfo(), SignatureScheme::ecdsa, digest, signature), "verify");
  }
}

void generates(Subject& subject, KeyAlgorithm algorithm, unsigned bits, SignatureScheme scheme) {
  const auto key = loggedIn(subject);
  const auto made = need(key->createKeyPair({algorithm, bits}), "createKeyPair");
  expect(made.algorithm == algorithm && made.bits == bits && made.use == KeyUse::signing, "as asked");
  const auto digest = soft::digestFor(scheme, viewOf("text"));
  const auto signature = need(key->sign(made.keyId, scheme, digest), "sign");
  expect(soft::verifies(made.publicKeyInfo, scheme, digest, signature), "OpenSSL accepts");
  const auto certificate = soft::makeCertificate(made.publicKeyInfo, {.serialNumber = 77});
  need(key->apply({.order = "new", .signCertificate = certificate}, {}), "a certificate for it");
  expect(shows(*key.session, certificate), "is there");
  expect(shows(*key.session, knownKeys().rsaCertificate), "beside the others");
}

void generatesRsa(Subject& subject) { generates(subject, KeyAlgorithm::rsa, 2048, SignatureScheme::rsaSha256); }
void generatesEc(Subject& subject) { generates(subject, KeyAlgorithm::ecdsa, 256, SignatureScheme::ecdsa); }

}  // namespace

std::vector<Case> signingCases() {
  return {{"signs RSA PKCS#1", {rsa}, signsRsa},
          {"signs RSA-PSS", {pss}, signsPss},
          {"signs ECDSA", {ecdsa}, signsEcdsa},
          {"signs after another session has logged out", {rsa}, signsAfterAnothersLogout},
          {"signs with pairs that want the PIN each time", {pinEachTime}, signsWithPinEachTime},
          {"refuses what the key pair cannot", {ecdsa}, refusesWrongScheme},
          {"signs fifty times", {ecdsa}, signsManyTimes},
          {"makes an RSA key pair", {generate, rsa}, generatesRsa},
          {"makes an EC key pair", {generate, ecdsa}, generatesEc}};
}

}  // namespace sealferry::contract
