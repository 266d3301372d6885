// SPDX-License-Identifier: Apache-2.0
// contract-skf-pin: no path spends a PIN try that the user did not type. The soft SKF key keeps a log of its calls and
// counts its tries; every way that a session goes is taken, and both are looked at afterwards.
#include <algorithm>
#include <cstdio>
#include <functional>

#include "dual.h"
#include "renewal.h"
#include "soft_skf.h"
#include "worker_setting.h"

namespace {

using namespace sealferry;
using namespace sealferry::contract;

unsigned passed = 0, failed = 0;

void check(bool good, const std::string& what) {
  ++(good ? passed : failed);
  if (!good) std::printf("FAILED %s\n", what.c_str());
}

/// How often the key was given a PIN to try.
unsigned tried(const SoftSkf& key) {
  const auto calls = key.calls();
  return static_cast<unsigned>(std::ranges::count_if(calls, [](const std::string& call) {
    return call == "SKF_VerifyPIN" || call == "SKF_ChangePIN" || call == "SKF_UnblockPIN";
  }));
}

/// A way through a session, and how many PINs its user types.
struct Path {
  std::string name;
  unsigned typed;
  std::function<void(SoftSkf&, Backend&, Session&)> go;
};

void lookAround(Session& session) {
  (void)session.info();
  (void)session.certificates();
  (void)session.keyPairs();
  (void)session.blobs();
  (void)session.readBlob("seal");
  (void)session.pending();
  (void)session.changeState({.order = "x"});
}

void wrongTwice(SoftSkf& key, Backend&, Session& session) {
  (void)session.login(pin("000000"));
  check(key.triesLeft() == 2, "one wrong PIN is one try");
  lookAround(session);
  (void)session.sign(Bytes{1}, SignatureScheme::sm2Sm3, Bytes(32, 1));
  (void)session.apply({.order = "1", .put = {{"x", {1}}}}, {});
  check(key.triesLeft() == 2, "nothing else costs one");
  const auto second = session.login(pin("000001"));
  check(!second && second.error().triesLeft == 1, "what is left is told");
  check(key.triesLeft() == 1, "and is so");
}

void refused(SoftSkf& key, Backend&, Session& session) {
  (void)session.login(Secret());
  (void)session.login(pin(std::string_view("1234\00056", 7)));  // would be cut, and another PIN tried than was typed
  (void)session.changePin(Secret(), pin("654321"));
  (void)session.changePin(pin(rightPin), Secret());
  check(key.triesLeft() == 3, "what is no PIN is not tried");
}

void locked(SoftSkf& key, Backend&, Session& session) {
  for (const auto* wrong : {"000000", "000001", "000002"}) (void)session.login(pin(wrong));
  check(key.triesLeft() == 0, "locked");
  for (int i = 0; i < 3; ++i) (void)session.login(pin(rightPin));  // typed, but the key is not asked any more
}

void wholeJob(SoftSkf&, Backend&, Session& session) {
  const Dual dual;
  lookAround(session);
  (void)session.login(pin(rightPin));
  (void)session.apply(dual.first, {});
  (void)session.apply(dual.change, {});
  (void)session.createKeyPair({KeyAlgorithm::sm2, 256});
  lookAround(session);
  (void)session.sign(keyIdOf(session, knownKeys().sm2), SignatureScheme::sm2Sm3, Bytes(32, 1));
  (void)session.logout();
}

/// Pulled in the middle of a write, put back, opened anew: the new session is not logged in by itself.
void pulled(SoftSkf& key, Backend& backend, Session& session) {
  const Renewal renewal;
  (void)session.login(pin(rightPin));
  key.misbehave("SKF_WriteFile 4 pull");
  (void)session.apply({.order = "1", .put = {{"seal", renewal.newSeal}}}, {});
  key.misbehave("");
  key.device().plug();
  lookAround(session);
  const auto again = backend.open(SoftSkf::serial);
  if (!again) return check(false, "opened again");
  check(!(*again)->apply({.order = "1", .put = {{"seal", renewal.newSeal}}}, {}), "without a login nothing is written");
  lookAround(**again);
}

void crashed(SoftSkf& key, Backend& backend, Session& session) {
  (void)session.login(pin(rightPin));
  key.misbehave("SKF_EnumContainer 1 crash");
  (void)session.certificates();
  key.misbehave("");
  lookAround(session);
  const auto again = backend.open(SoftSkf::serial);
  if (again) lookAround(**again);
}

/// The key answers the try itself with a failure: it was one all the same, and no second is made.
void failsAtTheTry(SoftSkf& key, Backend&, Session& session) {
  key.misbehave("SKF_VerifyPIN 1 error");
  (void)session.login(pin(rightPin));
  key.misbehave("");
}

void changed(SoftSkf& key, Backend&, Session& session) {
  (void)session.changePin(pin("000000"), pin("654321"));
  check(key.triesLeft() == 2, "a wrong current PIN is one try");
  (void)session.changePin(pin(rightPin), pin("654321"));
  check(key.triesLeft() == 3, "the right one gives them back");
}

void unblocked(SoftSkf& key, Backend&, Session& session) {
  for (const auto* wrong : {"000000", "000001", "000002"}) (void)session.login(pin(wrong));
  check(key.triesLeft() == 0, "locked");
  (void)session.unblocking();
  (void)session.unblockPin(Secret(), pin("654321"));
  (void)session.unblockPin(pin("12345678"), Secret());
  const auto wrong = session.unblockPin(pin("99999999"), pin("654321"));
  check(!wrong && wrong.error().code == ErrorCode::puk_incorrect && wrong.error().triesLeft == 2,
        "the PUK's own count");
  check(session.unblockPin(pin("12345678"), pin("654321")).has_value() && key.triesLeft() == 3, "unblocked");
  lookAround(session);
}

/// Three of the administrator's PIN, and the fourth is not shown to the key any more.
void pukLocked(SoftSkf& key, Backend&, Session& session) {
  for (int i = 0; i < 3; ++i) (void)session.unblockPin(pin("99999999"), pin("654321"));
  const auto late = session.unblockPin(pin("12345678"), pin("654321"));
  check(!late && late.error().code == ErrorCode::puk_locked, "the PUK is locked");
  check(key.triesLeft() == 3, "the PIN is not");
}

std::vector<Path> paths() {
  const auto look = [](SoftSkf&, Backend& backend, Session& session) {
    (void)backend.module();
    (void)backend.keys();
    lookAround(session);
  };
  return {{"looking", 0, look},
          {"two wrong PINs", 2, wrongTwice},
          {"what is no PIN", 0, refused},
          {"locked", 3, locked},
          {"the whole job", 1, wholeJob},
          {"pulled while writing", 1, pulled},
          {"the worker crashes", 1, crashed},
          {"the try fails", 1, failsAtTheTry},
          {"the PIN is changed", 2, changed},
          {"the PIN is unblocked", 5, unblocked},
          {"the PUK is locked", 3, pukLocked}};
}

void walk(SoftSkf& key, const Path& path) {
  require(key.reset(), "reset");
  {
    const auto backend = workerBackend({"skf", SoftSkf::library}, workerSetting());
    const auto session = need(backend->open(SoftSkf::serial), "open");
    path.go(key, *backend, *session);
  }
  check(tried(key) == path.typed,
        path.name + ": " + std::to_string(tried(key)) + " tries for " + std::to_string(path.typed) + " PINs typed");
}

}  // namespace

int main() {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  SoftSkf key;
  try {
    for (const auto& path : paths()) walk(key, path);
  } catch (const Stop&) {
    ++failed;
  }
  std::printf("%u passed, %u failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
