// SPDX-License-Identifier: Apache-2.0
#include "renewal.h"

namespace sealferry::contract {
namespace {

using enum Capability;

void expectNew(Session& session, const Renewal& renewal) {
  expect(need(session.readBlob("seal"), "readBlob") == renewal.newSeal, "new seal");
  expect(shows(session, renewal.newCertificate), "new certificate");
  expect(!shows(session, knownKeys().rsaCertificate), "the old certificate is gone");
  expect(shows(session, knownKeys().encryptionCertificate), "the encryption certificate is untouched");
  expect(shows(session, knownKeys().p256Certificate), "the other certificate is untouched");
  expect(!need(session.pending(), "pending").has_value(), "no journal is left");
}

void expectOld(Session& session, const Renewal& renewal) {
  expect(need(session.readBlob("seal"), "readBlob") == renewal.oldSeal, "old seal");
  expect(shows(session, knownKeys().rsaCertificate), "old certificate");
  expect(!shows(session, renewal.newCertificate), "no new certificate");
}

void renews(Subject& subject) {
  const Renewal renewal;
  const auto key = loggedIn(subject);
  putOldSeal(*key.session, renewal);
  expect(need(key->changeState(renewal.target), "state") == ChangeState::none, "none before");
  need(key->apply(renewal.change, {}), "apply");
  expect(need(key->changeState(renewal.target), "state") == ChangeState::done, "done after");
  expectNew(*key.session, renewal);
  const auto all = need(key->certificates(), "certificates");
  expect(find(all, renewal.newCertificate)->keyId == keyIdOf(*key.session, knownKeys().rsa), "same id as its key pair");
  const auto digest = soft::digestFor(SignatureScheme::rsaSha256, viewOf("receipt"));
  need(key->sign(keyIdOf(*key.session, knownKeys().rsa), SignatureScheme::rsaSha256, digest), "signs afterwards");
}

void doneIsDone(Subject& subject) {
  const Renewal renewal;
  const auto key = loggedIn(subject);
  putOldSeal(*key.session, renewal);
  need(key->apply(renewal.change, {}), "apply");
  auto reissued = renewal.change;
  reissued.allowInPlace = true;  // a reissued order may differ in what is no target
  need(key->apply(reissued, [](auto, auto, auto) { expect(false, "nothing is written"); }), "again");
  expectNew(*key.session, renewal);
}

void certificateAlone(Subject& subject) {
  const Renewal renewal;
  const auto key = loggedIn(subject);
  need(key->apply({.order = "1", .signCertificate = renewal.newCertificate}, {}), "apply");
  expect(shows(*key.session, renewal.newCertificate), "new");
  expect(!shows(*key.session, knownKeys().rsaCertificate), "old gone");
}

void encryptionCertificate(Subject& subject) {
  const auto renewed =
      soft::makeCertificate(knownKeys().encryption.publicKeyInfo(), {.use = KeyUse::encryption, .serialNumber = 31});
  const auto key = loggedIn(subject);
  need(key->apply({.order = "1", .encryptionCertificate = renewed}, {}), "apply");
  expect(shows(*key.session, renewed), "new");
  expect(!shows(*key.session, knownKeys().encryptionCertificate), "old gone");
  expect(shows(*key.session, knownKeys().rsaCertificate), "the signing certificate is untouched");
  expectError(key->apply({.order = "2", .put = {{"x", {}}}, .encryptionKey = Bytes{1}}, {}),
              ErrorCode::mechanism_missing, "an enveloped key");
}

void refusesForeignCertificate(Subject& subject) {
  const Renewal renewal;
  const auto key = loggedIn(subject);
  putOldSeal(*key.session, renewal);
  auto foreign = renewal.change;
  foreign.signCertificate = soft::makeCertificate(soft::Key::makeP256().publicKeyInfo());
  expectError(key->apply(foreign, {}), ErrorCode::order_mismatch, "of another key pair");
  foreign.signCertificate = Bytes{0x30, 0x00};
  expectError(key->apply(foreign, {}), ErrorCode::certificate_invalid, "no certificate at all");
  expectOld(*key.session, renewal);
}

void noRoom(Subject& subject) {
  const Renewal renewal;
  putOldSeal(*loggedIn(subject).session, renewal);
  subject.limitMemory(30'000);
  const auto key = loggedIn(subject);
  const auto before = need(key->info(), "info").freeBytes;
  require(before.has_value(), "tells what is free");
  expectError(key->apply(renewal.change, {}), ErrorCode::no_room, "both do not fit");
  expect(need(key->info(), "info").freeBytes == before, "nothing was written");
  expectOld(*key.session, renewal);
  auto inPlace = renewal.change;
  inPlace.allowInPlace = true;
  need(key->apply(inPlace, {}), "in place");
  expectNew(*key.session, renewal);
}

/// Also where the key does not tell what is free, and says so only when it is full.
void noRoomAnyway(Subject& subject) {
  const Renewal renewal;
  putOldSeal(*loggedIn(subject).session, renewal);
  subject.limitMemory(30'000);
  const auto key = loggedIn(subject);
  for (int i = 0; i < 3; ++i) {  // what a failed attempt left would take the room of the next
    expectError(key->apply(renewal.change, {}), ErrorCode::no_room, "both do not fit");
    expect(shownSet(*key.session, renewal) == "old", "the old set stays");
    expect(!need(key->pending(), "pending").has_value(), "no journal is left");
  }
  auto inPlace = renewal.change;
  inPlace.allowInPlace = true;
  need(key->apply(inPlace, {}), "in place");
  expect(shownSet(*key.session, renewal) == "new", "the new set");
}

void pulledWhileIdle(Subject& subject) {
  const Renewal renewal;
  const auto key = loggedIn(subject);
  putOldSeal(*key.session, renewal);
  subject.pull();
  expectError(key->info(), ErrorCode::key_removed, "info");
  expectError(key->apply(renewal.change, {}), ErrorCode::key_removed, "apply");
  expect(need(key.backend->keys(), "keys").empty(), "no key");
  expectError(key.backend->open(subject.serial()), ErrorCode::no_key, "open");
  subject.plug();
  expectError(key->info(), ErrorCode::key_removed, "the old session stays dead");
  expect(need(key.backend->keys(), "keys").size() == 1, "the key is back");
  const auto again = need(key.backend->open(subject.serial()), "open");
  need(again->login(pin(rightPin)), "login");
  expectOld(*again, renewal);
  need(again->apply(renewal.change, {}), "the same order finishes");
  expectNew(*again, renewal);
}

}  // namespace

std::vector<Case> changeCases() {
  return {{"renews certificate and seal together", {rsa}, renews},
          {"what is done is not done twice", {rsa}, doneIsDone},
          {"a certificate alone", {rsa}, certificateAlone},
          {"an encryption certificate", {rsa}, encryptionCertificate},
          {"refuses a certificate without its key pair", {rsa}, refusesForeignCertificate},
          {"no room, and in place", {rsa, memory}, noRoom},
          {"a full key, whether it tells or not", {rsa, limit}, noRoomAnyway},
          {"pulled while idle", {rsa, pull}, pulledWhileIdle}};
}

}  // namespace sealferry::contract
