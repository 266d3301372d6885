// SPDX-License-Identifier: Apache-2.0
#include <sys/wait.h>

#include <cerrno>
#include <chrono>
#include <filesystem>

#include "renewal.h"

namespace sealferry::contract {
namespace {

using enum Capability;
using Clock = std::chrono::steady_clock;

std::size_t descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

/// A worker whose pipe was closed may take ten seconds to end, and is waited for when another one is used. This only
/// looks: whoever was not waited for stays, and is seen.
bool hasChild(Subject& subject) {
  const auto end = Clock::now() + std::chrono::seconds(12);
  for (siginfo_t child{}; waitid(P_ALL, 0, &child, WEXITED | WNOHANG | WNOWAIT) == 0 || errno != ECHILD;) {
    if (Clock::now() > end) return true;
    (void)subject.backend()->keys();
  }
  return false;
}

/// The same key works again, through a new worker and without any help.
void expectRecovered(Subject& subject, Backend& backend) {
  subject.misbehave("", "", 0);
  const auto session = need(backend.open(subject.serial()), "open after the fault");
  expect(need(session->certificates(), "certificates after the fault").size() == 3, "all certificates");
}

/// A fault at some call costs one typed error, its own process, and nothing else.
void costsOneError(Subject& subject, const std::string& how, ErrorCode code) {
  expect(!hasChild(subject), "no process is left from before");  // each of them keeps a descriptor
  const auto before = descriptors();
  for (const auto* call : {"C_GetTokenInfo", "C_FindObjects", "C_FindObjectsInit", "C_GetAttributeValue"}) {
    subject.misbehave("", "", 0);
    auto key = open(subject);
    subject.misbehave(how, call, 1);
    const auto failed = key->certificates();
    expectError(failed, code, how + " at " + call);
    expect(!failed && failed.error().detail.contains("module"), "the driver is named");
    expectError(key->certificates(), ErrorCode::key_removed, "the session is dead");
    expectRecovered(subject, *key.backend);
  }
  expect(!hasChild(subject), "no process is left");
  expect(descriptors() == before, "no descriptor is left");
}

void crashes(Subject& subject) { costsOneError(subject, "crash", ErrorCode::module_crashed); }
void exits(Subject& subject) { costsOneError(subject, "exit", ErrorCode::module_crashed); }

void hangs(Subject& subject) {
  {
    const auto began = Clock::now();
    auto key = open(subject);
    subject.misbehave("hang", "C_GetTokenInfo", 1);
    const auto failed = key->info();
    expectError(failed, ErrorCode::module_hung, "info");
    expect(!failed && failed.error().detail.contains("module"), "the driver is named");
    expect(Clock::now() - began < std::chrono::seconds(8), "within the deadline");
    expectRecovered(subject, *key.backend);
  }
  expect(!hasChild(subject), "no process is left");
}

void prints(Subject& subject) {
  subject.misbehave("print", "*", 5);
  const auto key = loggedIn(subject);
  for (unsigned call = 1; call < 30; ++call) {
    subject.misbehave("print", "*", call);
    expect(need(key->certificates(), "certificates").size() == 3, "all certificates");
  }
}

void lies(Subject& subject) {
  for (const auto* call : {"C_GetAttributeValue", "C_FindObjects", "C_GetSlotList", "C_Sign"}) {
    subject.misbehave("", "", 0);
    auto key = loggedIn(subject);
    const auto id = keyIdOf(*key.session, knownKeys().rsa);
    for (unsigned nth = 1; nth < 4; ++nth) {
      subject.misbehave("lie", call, nth);
      (void)key.backend->keys();
      (void)key->certificates();
      (void)key->sign(id, SignatureScheme::rsaPssSha256, Bytes(32, 1));
      (void)key->sign(id, SignatureScheme::rsaSha256, Bytes(32, 1));
    }
    expectRecovered(subject, *key.backend);
  }
}

/// A child of the driver keeps the pipe open: that the worker has ended is seen all the same, and at once.
void forks(Subject& subject) {
  auto key = open(subject);
  subject.misbehave("fork", "C_GetTokenInfo", 1);
  need(key->info(), "with a child");
  const auto began = Clock::now();
  subject.misbehave("crash", "C_GetTokenInfo", 1);
  expectError(key->info(), ErrorCode::module_crashed, "crash");
  expect(Clock::now() - began < std::chrono::seconds(2), "seen at once");
  expectRecovered(subject, *key.backend);
}

void errorWithKeyThere(Subject& subject) {
  const auto key = loggedIn(subject);
  subject.misbehave("error", "C_FindObjectsInit", 1);
  expectError(key->certificates(), ErrorCode::internal, "a mere error");
  subject.misbehave("error", "C_CreateObject", 1);
  expectError(key->apply({.order = "1", .put = {{"x", pattern(10)}}}, {}), ErrorCode::write_failed, "in a write");
  expect(need(key->blobs(), "the session lives on").empty(), "nothing was written");
  expect(!need(key->pending(), "pending").has_value(), "and nothing is left to do");
}

/// Until the change goes through: pulled before, or in the middle of, each call of one kind, one after another.
void pulledAt(Subject& subject, const std::string& how, const std::string& call) {
  const Renewal renewal;
  for (unsigned nth = 1;; ++nth) {
    require(subject.reset(), "reset");
    auto key = loggedIn(subject);
    putOldSeal(*key.session, renewal);
    subject.misbehave(how, call, nth);
    const auto outcome = key->apply(renewal.change, {});
    const auto where = how + " at " + call + " " + std::to_string(nth);
    if (outcome) break;
    expectError(outcome, ErrorCode::key_removed, where);
    subject.misbehave("", "", 0);
    subject.plug();
    const auto again = need(key.backend->open(subject.serial()), "open after " + where);
    const auto shown = shownSet(*again, renewal);
    expect(shown == "old" || shown == "new", where + " left: " + shown);
    need(again->login(pin(rightPin)), "login after " + where);
    need(again->apply(renewal.change, {}), "the same order after " + where);
    expect(shownSet(*again, renewal) == "new", "finished after " + where);
    expect(!need(again->pending(), "pending").has_value(), "no journal after " + where);
  }
}

void pulledWhileCreating(Subject& subject) {
  pulledAt(subject, "pull", "C_CreateObject");
  pulledAt(subject, "pull-after", "C_CreateObject");
}

void pulledWhileDestroying(Subject& subject) {
  pulledAt(subject, "pull", "C_DestroyObject");
  pulledAt(subject, "pull-after", "C_DestroyObject");
}

void pulledWhileReading(Subject& subject) { pulledAt(subject, "pull", "C_FindObjectsInit"); }

void pulledWhileSigning(Subject& subject) {
  for (const auto scheme : {SignatureScheme::rsaSha256, SignatureScheme::rsaPssSha256}) {
    if (scheme == SignatureScheme::rsaPssSha256 && !subject.has(pss)) continue;
    for (unsigned nth = 1;; ++nth) {
      require(subject.reset(), "reset");
      const auto key = loggedIn(subject);
      const auto id = keyIdOf(*key.session, knownKeys().rsa);
      subject.misbehave("pull", "*", nth);
      const auto outcome = key->sign(id, scheme, Bytes(32, 7));
      if (outcome) break;
      expectError(outcome, ErrorCode::key_removed, "at call " + std::to_string(nth));
      subject.misbehave("", "", 0);
      subject.plug();
      const auto again = need(key.backend->open(subject.serial()), "open again");
      need(again->login(pin(rightPin)), "login again");
      need(again->sign(id, scheme, Bytes(32, 7)), "sign again");
    }
  }
}

}  // namespace

std::vector<Case> faultCases() {
  return {{"a driver that crashes", {faults}, crashes},
          {"a driver that ends its process", {faults}, exits},
          {"a driver that hangs", {faults}, hangs},
          {"a driver that prints", {faults}, prints},
          {"a driver that lies about lengths", {faults}, lies},
          {"a driver that leaves a child behind", {faults}, forks},
          {"an error with the key still there", {pullAtCall}, errorWithKeyThere},
          {"pulled while creating", {pullAtCall}, pulledWhileCreating},
          {"pulled while destroying", {pullAtCall}, pulledWhileDestroying},
          {"pulled while signing", {pullAnywhere}, pulledWhileSigning},
          {"pulled while reading", {pullAnywhere}, pulledWhileReading}};
}

}  // namespace sealferry::contract
