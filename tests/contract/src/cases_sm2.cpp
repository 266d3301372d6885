// SPDX-License-Identifier: Apache-2.0
#include "dual.h"

namespace sealferry::contract {
namespace {

using enum Capability;

void expectSigns(Session& session, const Bytes& keyId, const Bytes& publicKeyInfo) {
  for (const auto* text : {"a message", "另一段文字"}) {
    const auto digest = soft::sm2Digest(publicKeyInfo, viewOf(text));
    const auto signature = need(session.sign(keyId, SignatureScheme::sm2Sm3, digest), "sign");
    expect(soft::sm2Verifies(publicKeyInfo, viewOf(text), signature), "OpenSSL accepts it with the user ID");
    expect(!soft::sm2Verifies(publicKeyInfo, viewOf("another"), signature), "and only for this message");
  }
}

void signsSm2(Subject& subject) {
  const auto key = loggedIn(subject);
  const auto id = keyIdOf(*key.session, knownKeys().sm2);
  expectSigns(*key.session, id, knownKeys().sm2.publicKeyInfo());
  expect(!key->sign(id, SignatureScheme::rsaSha256, Bytes(32, 1)).has_value(), "RSA with an SM2 key");
  expect(!key->sign(id, SignatureScheme::sm2Sm3, Bytes(31, 1)).has_value(), "no digest");
  expectError(key->sign(Bytes{9, 9, 9}, SignatureScheme::sm2Sm3, Bytes(32, 1)), ErrorCode::no_certificate,
              "unknown key");
  const auto rsaId = keyIdOf(*key.session, knownKeys().rsa);
  expectError(key->sign(rsaId, SignatureScheme::sm2Sm3, Bytes(32, 1)), ErrorCode::mechanism_missing,
              "SM2 with an RSA key");
}

void signsManyTimes(Subject& subject) {
  const auto key = loggedIn(subject);
  const auto id = keyIdOf(*key.session, knownKeys().sm2);
  for (unsigned i = 0; i < 50; ++i) {
    const auto message = pattern(100, i);
    const auto digest = soft::sm2Digest(knownKeys().sm2.publicKeyInfo(), message);
    const auto signature = need(key->sign(id, SignatureScheme::sm2Sm3, digest), "sign");
    expect(soft::sm2Verifies(knownKeys().sm2.publicKeyInfo(), message, signature), "verify");
  }
}

void generatesSm2(Subject& subject) {
  const auto key = loggedIn(subject);
  const auto made = need(key->createKeyPair({KeyAlgorithm::sm2, 256}), "createKeyPair");
  expect(made.algorithm == KeyAlgorithm::sm2 && made.bits == 256 && made.use == KeyUse::signing, "as asked");
  expectSigns(*key.session, made.keyId, made.publicKeyInfo);
  const auto certificate = soft::makeCertificate(made.publicKeyInfo, {.serialNumber = 78});
  need(key->apply({.order = "new", .signCertificate = certificate}, {}), "a certificate for it");
  const auto all = need(key->certificates(), "certificates");
  const auto* found = find(all, certificate);
  require(found != nullptr, "is there");
  expect(found->hasPrivateKey && found->keyId == made.keyId, "with its key");
  expect(shows(*key.session, knownKeys().rsaCertificate), "beside the others");
  expect(!key->createKeyPair({KeyAlgorithm::ecdsa, 256}).has_value() || subject.has(ecdsa), "no P-256");
}

void renewsBoth(Subject& subject) {
  const Dual dual;
  const auto key = loggedIn(subject);
  need(key->apply(dual.first, {}), "the first set");
  expect(shownSet(*key.session, dual) == "old", "the first set is shown");
  expect(need(key->changeState(dual.target), "state") == ChangeState::none, "none before");
  need(key->apply(dual.change, {}), "the inspection");
  const auto shown = shownSet(*key.session, dual);
  expect(shown == "new", "the new set is shown: " + shown);
  expect(need(key->changeState(dual.target), "state") == ChangeState::done, "done after");
  expect(!need(key->pending(), "pending").has_value(), "no journal is left");
  const auto all = need(key->certificates(), "certificates");
  const auto* encryption = find(all, dual.newEncryption);
  require(encryption != nullptr, "the encryption certificate");
  expect(encryption->use == KeyUse::encryption && encryption->hasPrivateKey, "with its key");
  expect(encryption->keyId == find(all, dual.newSign)->keyId, "both in one container");
  need(key->apply(dual.change, [](auto, auto, auto) { expect(false, "nothing is written"); }), "once more");
  expectSigns(*key.session, keyIdOf(*key.session, knownKeys().sm2), knownKeys().sm2.publicKeyInfo());
}

void encryptionKeyAlone(Subject& subject) {
  const Dual dual;
  const auto key = loggedIn(subject);
  need(key->apply(dual.first, {}), "the first set");
  need(key->apply({.order = "e",
                   .encryptionCertificate = dual.newEncryption,
                   .encryptionKey = soft::envelope(dual.newKey, knownKeys().sm2.publicKeyInfo())},
                  {}),
       "key and certificate without the signing certificate: there is one SM2 key");
  expect(shows(*key.session, dual.newEncryption) && !shows(*key.session, dual.oldEncryption), "renewed");
  expect(shows(*key.session, dual.oldSign), "the signing certificate is untouched");
}

void refusesEnvelopes(Subject& subject) {
  const Dual dual;
  const auto key = loggedIn(subject);
  need(key->apply(dual.first, {}), "the first set");
  auto change = dual.change;
  change.encryptionKey = soft::envelope(dual.newKey, soft::Key::makeSm2().publicKeyInfo());
  expectError(key->apply(change, {}), ErrorCode::write_failed, "closed for another key");
  expect(shownSet(*key.session, dual) == "old", "the old set is whole");
  expect(!need(key->pending(), "pending").has_value(), "and nothing is left to do");
  change.encryptionKey = soft::envelope(soft::Key::makeSm2(), knownKeys().sm2.publicKeyInfo());
  expectError(key->apply(change, {}), ErrorCode::order_mismatch, "not the certificate's key");
  change.encryptionKey = soft::envelope(dual.newKey, knownKeys().sm2.publicKeyInfo());
  change.encryptionKey->pop_back();
  expectError(key->apply(change, {}), ErrorCode::mechanism_missing, "cut");
  change = dual.change;
  change.encryptionCertificate.reset();
  expectError(key->apply(change, {}), ErrorCode::bad_request, "without its certificate");
  expect(shownSet(*key.session, dual) == "old", "the old set is whole still");
  need(key->apply(dual.change, {}), "the right one");
}

}  // namespace

std::vector<Case> sm2Cases() {
  return {{"signs SM2", {sm2}, signsSm2},
          {"signs SM2 fifty times", {sm2}, signsManyTimes},
          {"makes an SM2 key pair", {sm2, generate}, generatesSm2},
          {"renews both certificates, encryption key and seal together", {sm2, envelope}, renewsBoth},
          {"an encryption key with its certificate alone", {sm2, envelope}, encryptionKeyAlone},
          {"refuses an enveloped key that does not fit", {sm2, envelope}, refusesEnvelopes}};
}

}  // namespace sealferry::contract
