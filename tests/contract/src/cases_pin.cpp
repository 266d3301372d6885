// SPDX-License-Identifier: Apache-2.0
#include "cases.h"

namespace sealferry::contract {
namespace {

using enum Capability;

void logsIn(Subject& subject) {
  const auto key = open(subject);
  need(key->login(pin(rightPin)), "login");
  need(key->logout(), "logout");
  need(key->login(pin(rightPin)), "login again");
  need(key->login(pin(rightPin)), "login while logged in");
}

/// A login that stands must not make any PIN look right.
void wrongPinWhileLoggedIn(Subject& subject) {
  const auto key = loggedIn(subject);
  expectError(key->login(pin("000000")), ErrorCode::pin_incorrect, "wrong PIN");
  need(key->login(pin(rightPin)), "right PIN");
}

void wrongPin(Subject& subject) {
  const auto key = open(subject);
  expectError(key->login(pin("000000")), ErrorCode::pin_incorrect, "wrong PIN");
  expect(need(key->info(), "info").pin.countLow || subject.has(pinLimit), "countLow");
  need(key->login(pin(rightPin)), "right PIN");
  expect(!need(key->info(), "info").pin.countLow, "the count is reset");
}

void nothingWithoutLogin(Subject& subject) {
  const auto key = open(subject);
  const auto id = keyIdOf(*key.session, knownKeys().rsa);
  const auto digest = soft::digestFor(SignatureScheme::rsaSha256, viewOf("text"));
  expect(!key->sign(id, SignatureScheme::rsaSha256, digest).has_value(), "sign");
  expect(!key->apply({.order = "1", .put = {{"x", {1}}}}, {}).has_value(), "apply");
  expect(need(key->blobs(), "blobs").empty(), "nothing written");
}

void logsOutAtTheEnd(Subject& subject) {
  auto key = loggedIn(subject);
  key.session.reset();
  const auto next = need(key.backend->open(subject.serial()), "open");
  const auto digest = soft::digestFor(SignatureScheme::rsaSha256, viewOf("text"));
  const auto id = keyIdOf(*next, knownKeys().rsa);
  expect(!next->sign(id, SignatureScheme::rsaSha256, digest).has_value(), "the next session is not logged in");
}

void lastTryAndLock(Subject& subject) {
  const auto key = open(subject);
  expectError(key->login(pin("000000")), ErrorCode::pin_incorrect, "first");
  const auto second = key->login(pin("000001"));
  expectError(second, ErrorCode::pin_incorrect, "second");
  expect(!second && second.error().triesLeft == 1, "one try left is said");
  expect(need(key->info(), "info").pin.lastTry, "last try");
  const auto third = key->login(pin("000002"));
  expectError(third, ErrorCode::pin_locked, "third");
  expect(!third && third.error().triesLeft == 0, "none left");
  expect(need(key->info(), "info").pin.locked, "locked");
  expectError(key->login(pin(rightPin)), ErrorCode::pin_locked, "the right PIN comes too late");
}

void rightPinResets(Subject& subject) {
  const auto key = open(subject);
  for (int i = 0; i < 3; ++i) {
    expectError(key->login(pin("000000")), ErrorCode::pin_incorrect, "wrong");
    expectError(key->login(pin("000000")), ErrorCode::pin_incorrect, "wrong again");
    need(key->login(pin(rightPin)), "right on the last try");
  }
}

void changesPin(Subject& subject) {
  const auto key = open(subject);
  expectError(key->changePin(pin("000000"), pin("654321")), ErrorCode::pin_incorrect, "wrong current PIN");
  need(key->changePin(pin(rightPin), pin("654321")), "change");
  expectError(key->login(pin(rightPin)), ErrorCode::pin_incorrect, "the old one");
  need(key->login(pin("654321")), "the new one");
}

void refusesUnusablePin(Subject& subject) {
  const auto key = open(subject);
  expectError(key->changePin(pin(rightPin), pin("1")), ErrorCode::pin_unusable, "too short");
  need(key->login(pin(rightPin)), "the old one still holds");
}

void demandsChange(Subject& subject) {
  subject.demandPinChange();
  const auto key = open(subject);
  expect(need(key->info(), "info").pin.mustChange, "flag");
  expectError(key->login(pin(rightPin)), ErrorCode::pin_must_change, "login");
  need(key->changePin(pin(rightPin), pin("654321")), "change");
  need(key->login(pin("654321")), "login with the new one");
}

void emptyPinIsNoTry(Subject& subject) {
  const auto key = open(subject);
  for (int i = 0; i < 5; ++i) expectError(key->login(Secret()), ErrorCode::bad_request, "empty");
  expect(!need(key->info(), "info").pin.countLow, "no try was spent");
  need(key->login(pin(rightPin)), "login");
}

}  // namespace

std::vector<Case> pinCases() {
  return {{"logs in and out", {}, logsIn},
          {"a wrong PIN while logged in is wrong", {}, wrongPinWhileLoggedIn},
          {"a wrong PIN", {}, wrongPin},
          {"without a login nothing is signed or written", {rsa}, nothingWithoutLogin},
          {"a session logs out at its end", {rsa}, logsOutAtTheEnd},
          {"the last try is told, then the key locks", {pinLimit}, lastTryAndLock},
          {"the right PIN resets the count", {pinLimit}, rightPinResets},
          {"changes the PIN", {pinChange}, changesPin},
          {"refuses an unusable PIN", {pinChange}, refusesUnusablePin},
          {"a PIN that must be changed first", {mustChange, pinChange}, demandsChange},
          {"an empty PIN is no try", {}, emptyPinIsNoTry}};
}

}  // namespace sealferry::contract
