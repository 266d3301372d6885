// SPDX-License-Identifier: Apache-2.0
#include "cases.h"

namespace sealferry::contract {
namespace {

using enum Capability;

constexpr const char* newPin = "654321";
constexpr const char* wrongPuk = "9999999999999999";

/// What it is good for: the PIN is locked, and afterwards there is a new one and nothing else has changed.
void unblocksLocked(Subject& subject) {
  {
    const auto key = loggedIn(subject);
    need(key->apply({.order = "1", .put = {{"seal", pattern(100)}}}, {}), "a seal");
  }
  const auto key = open(subject);
  for (int i = 0; i < 3; ++i) expect(!key->login(pin("000000")).has_value(), "wrong PIN");
  expect(need(key->info(), "info").pin.locked, "locked");
  const auto way = need(key->unblocking(), "unblocking");
  require(way.has_value(), "there is a way");
  expect(!way->locked && !way->countLow, "and nobody has tried it yet");
  need(key->unblockPin(pin(subject.puk()), pin(newPin)), "unblock");
  const auto now = need(key->info(), "info").pin;
  expect(!now.locked && !now.countLow, "no longer locked");
  expectError(key->login(pin(rightPin)), ErrorCode::pin_incorrect, "the old PIN");
  need(key->login(pin(newPin)), "the new PIN");
  expect(need(key->readBlob("seal"), "readBlob") == pattern(100), "the seal is what it was");
  expect(need(key->keyPairs(), "keyPairs").size() == subject.keyPairs(), "and so are the key pairs");
}

/// A PIN that was forgotten before it locked itself.
void setsForgotten(Subject& subject) {
  const auto key = open(subject);
  need(key->unblockPin(pin(subject.puk()), pin(newPin)), "unblock");
  need(key->login(pin(newPin)), "the new PIN");
}

void endsTheLogin(Subject& subject) {
  const auto key = loggedIn(subject);
  need(key->unblockPin(pin(subject.puk()), pin(newPin)), "unblock");
  expect(!key->apply({.order = "1", .put = {{"x", {1}}}}, {}).has_value(), "no longer logged in");
  need(key->login(pin(newPin)), "login");
  need(key->apply({.order = "1", .put = {{"x", {1}}}}, {}), "apply");
}

void wrongOne(Subject& subject) {
  const auto key = open(subject);
  expectError(key->unblockPin(pin(wrongPuk), pin(newPin)), ErrorCode::puk_incorrect, "wrong PUK");
  need(key->login(pin(rightPin)), "the PIN is what it was");
  need(key->unblockPin(pin(subject.puk()), pin(newPin)), "the right one");
  need(key->login(pin(newPin)), "login");
}

/// It is never shown to the key as a PIN, nor the other way round.
void doesNotSpendThePin(Subject& subject) {
  const auto key = open(subject);
  expectError(key->unblockPin(pin(wrongPuk), pin(newPin)), ErrorCode::puk_incorrect, "wrong PUK");
  expect(!need(key->info(), "info").pin.countLow, "no try of the PIN was spent");
  expectError(key->login(pin("000000")), ErrorCode::pin_incorrect, "wrong PIN");
  expectError(key->changePin(pin("000000"), pin(newPin)), ErrorCode::pin_incorrect, "wrong PIN");
  need(key->unblockPin(pin(subject.puk()), pin(newPin)), "unblock");
}

/// Looked at anew in the end: OpenSC 0.23 takes what the key said of the PUK for the PIN's, until it is loaded again.
void locksItself(Subject& subject) {
  auto key = open(subject);
  expectError(key->unblockPin(pin(wrongPuk), pin(newPin)), ErrorCode::puk_incorrect, "first");
  expectError(key->unblockPin(pin(wrongPuk), pin(newPin)), ErrorCode::puk_incorrect, "second");
  const auto third = key->unblockPin(pin(wrongPuk), pin(newPin));
  expectError(third, ErrorCode::puk_locked, "third");
  expect(!third && third.error().triesLeft == 0, "none left");
  expectError(key->unblockPin(pin(subject.puk()), pin(newPin)), ErrorCode::puk_locked, "the right one comes too late");
  key.session.reset();
  key.backend.reset();
  key = open(subject);
  need(key->login(pin(rightPin)), "the PIN is what it was");
}

void rightOneResets(Subject& subject) {
  const auto key = open(subject);
  for (int i = 0; i < 3; ++i) {
    expectError(key->unblockPin(pin(wrongPuk), pin(newPin)), ErrorCode::puk_incorrect, "wrong");
    expectError(key->unblockPin(pin(wrongPuk), pin(newPin)), ErrorCode::puk_incorrect, "wrong again");
    need(key->unblockPin(pin(subject.puk()), pin(newPin)), "right on the last try");
  }
}

void emptyIsNoTry(Subject& subject) {
  const auto key = open(subject);
  for (int i = 0; i < 5; ++i) {
    expectError(key->unblockPin(Secret(), pin(newPin)), ErrorCode::bad_request, "without a PUK");
    expect(!key->unblockPin(pin(subject.puk()), Secret()).has_value(), "without a new PIN");
  }
  need(key->login(pin(rightPin)), "the PIN is what it was");
  need(key->unblockPin(pin(subject.puk()), pin(newPin)), "unblock");
}

void refusesUnusable(Subject& subject) {
  const auto key = open(subject);
  expectError(key->unblockPin(pin(subject.puk()), pin("1")), ErrorCode::pin_unusable, "too short");
  need(key->login(pin(rightPin)), "the PIN is what it was");
}

void pulled(Subject& subject) {
  const auto key = open(subject);
  subject.pull();
  expectError(key->unblockPin(pin(subject.puk()), pin(newPin)), ErrorCode::key_removed, "pulled");
  subject.plug();
  const auto again = need(key.backend->open(subject.serial()), "open");
  need(again->unblockPin(pin(subject.puk()), pin(newPin)), "unblock");
  need(again->login(pin(newPin)), "login");
}

}  // namespace

std::vector<Case> unblockCases() {
  return {{"unblocks a locked PIN", {unblock, pinLimit}, unblocksLocked},
          {"sets a PIN that was forgotten", {unblock}, setsForgotten},
          {"unblocking ends the login", {unblock}, endsTheLogin},
          {"a wrong PUK", {unblock}, wrongOne},
          {"a PUK is never taken for a PIN", {unblock}, doesNotSpendThePin},
          {"the PUK locks itself, and says so", {unblock, pukLimit}, locksItself},
          {"the right PUK resets its count", {unblock, pukLimit}, rightOneResets},
          {"an empty PUK is no try", {unblock}, emptyIsNoTry},
          {"unblocking refuses an unusable PIN", {unblock}, refusesUnusable},
          {"pulled before it is unblocked", {unblock, pull}, pulled}};
}

}  // namespace sealferry::contract
