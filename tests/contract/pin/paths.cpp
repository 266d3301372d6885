// SPDX-License-Identifier: Apache-2.0
#include "paths.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "run_program.h"
#include "worker_setting.h"

namespace sealferry::contract {
namespace {

constexpr const char* otherPin = "654321";

void readEverything(Session& session) {
  (void)session.info();
  (void)session.certificates();
  (void)session.keyPairs();
  (void)session.blobs();
  (void)session.readBlob("seal");
  (void)session.pending();
  (void)session.changeState(Renewal{}.target);
}

void tryToWrite(Session& session) {
  const auto digest = soft::digestFor(SignatureScheme::rsaSha256, viewOf("text"));
  (void)session.sign(Bytes{1}, SignatureScheme::rsaSha256, digest);
  (void)session.apply({.order = "1", .put = {{"x", {1}}}}, {});
  (void)session.createKeyPair({});
}

void sign(Session& session) {
  const auto digest = soft::digestFor(SignatureScheme::rsaSha256, viewOf("text"));
  need(session.sign(keyIdOf(session, knownKeys().rsa), SignatureScheme::rsaSha256, digest), "sign");
}

/// Status, listing, opening: nobody has typed anything.
void looksAround(Subject& subject) {
  for (int i = 0; i < 3; ++i) {
    const auto backend = subject.backend();
    (void)need(backend->module(), "module");
    (void)need(backend->keys(), "keys");
    readEverything(*need(backend->open(subject.serial()), "open"));
  }
}

void writesWithoutLogin(Subject& subject) { tryToWrite(*open(subject).session); }

void typesNothing(Subject& subject) {
  const auto key = open(subject);
  for (int i = 0; i < 5; ++i) expectError(key->login(Secret()), ErrorCode::bad_request, "empty");
}

void typesFarTooMuch(Subject& subject) {
  expect(!open(subject)->login(pin(std::string(200, '1'))).has_value(), "200 digits");
}

/// Login, seal and certificate, signature, a second order, logout.
void writesAnOrder(Subject& subject) {
  const Renewal renewal;
  const auto key = loggedIn(subject);
  putOldSeal(*key.session, renewal);
  need(key->apply(renewal.change, {}), "apply");
  sign(*key.session);
  need(key->createKeyPair({}), "createKeyPair");
  need(key->apply(renewal.change, {}), "again");
  need(key->logout(), "logout");
  tryToWrite(*key.session);
  readEverything(*key.session);
}

/// A wrong PIN is not shown to the key again by whatever comes after it.
void wrongOnce(Subject& subject) {
  const auto key = open(subject);
  expectError(key->login(pin("000000")), ErrorCode::pin_incorrect, "wrong PIN");
  readEverything(*key.session);
  tryToWrite(*key.session);
  const auto next = need(key.backend->open(subject.serial()), "another session");
  readEverything(*next);
  tryToWrite(*next);
  looksAround(subject);
}

void wrongThenRight(Subject& subject) {
  const auto key = open(subject);
  expectError(key->login(pin("000000")), ErrorCode::pin_incorrect, "wrong PIN");
  need(key->login(pin(rightPin)), "right PIN");
  need(key->apply({.order = "1", .put = {{"seal", pattern(100)}}}, {}), "apply");
  sign(*key.session);
}

void wrongWhileLoggedIn(Subject& subject) {
  const auto key = loggedIn(subject);
  expectError(key->login(pin("000000")), ErrorCode::pin_incorrect, "wrong PIN");
  tryToWrite(*key.session);
  readEverything(*key.session);
}

void locked(Subject& subject) {
  {
    const auto key = open(subject);
    for (int i = 0; i < 3; ++i) expect(!key->login(pin("000000")).has_value(), "wrong PIN");
    for (int i = 0; i < 3; ++i) expectError(key->login(pin(rightPin)), ErrorCode::pin_locked, "locked");
    readEverything(*key.session);
    tryToWrite(*key.session);
  }
  expectError(open(subject)->login(pin(rightPin)), ErrorCode::pin_locked, "locked for the next process too");
}

/// At the CA's desk the PUK gives a new PIN; here OpenSC's own tool does.
void unblocked(Subject& subject) {
  locked(subject);
  const auto done =
      runProgram({"pkcs15-tool", "--unblock-pin", "--auth-id", "ff", "--puk", desk::pukOfKeys, "--new-pin", otherPin});
  expect(done == 0, "pkcs15-tool unblocks");
  const auto key = open(subject);
  expect(!need(key->info(), "info").pin.locked, "no longer locked");
  need(key->login(pin(otherPin)), "the new PIN");
  sign(*key.session);
}

/// The same by our own call: the PUK goes to the key once, as it was typed.
void unblockedByUs(Subject& subject) {
  locked(subject);
  const auto key = open(subject);
  need(key->unblockPin(pin(desk::pukOfKeys), pin(otherPin)), "unblock");
  readEverything(*key.session);
  need(key->login(pin(otherPin)), "the new PIN");
  sign(*key.session);
}

void wrongPuk(Subject& subject) {
  const auto key = open(subject);
  expectError(key->unblockPin(pin("9999999999999999"), pin(otherPin)), ErrorCode::puk_incorrect, "wrong PUK");
  readEverything(*key.session);
  tryToWrite(*key.session);
  expect(!key->unblockPin(Secret(), pin(otherPin)).has_value(), "no PUK");
  expect(!key->unblockPin(pin(std::string(100, '1')), pin(otherPin)).has_value(), "100 digits");
  expectError(key->unblockPin(pin(desk::pukOfKeys), pin("1")), ErrorCode::pin_unusable, "an unusable new PIN");
  readEverything(*key.session);
}

void lockedPuk(Subject& subject) {
  const auto key = open(subject);
  for (int i = 0; i < 3; ++i) expect(!key->unblockPin(pin("9999999999999999"), pin(otherPin)).has_value(), "wrong PUK");
  expectError(key->unblockPin(pin(desk::pukOfKeys), pin(otherPin)), ErrorCode::puk_locked, "too late");
}

/// An administrator has set OpenSC so that C_SetPIN takes a PUK where nobody is logged in: a PIN must not go there.
class PukInstead {
 public:
  PukInstead() {
    std::ostringstream usual;
    OpenSc::instance().desk().enter();
    usual << std::ifstream(std::getenv("OPENSC_CONF")).rdbuf();
    const auto file = folder_.path() / "opensc.conf";
    std::ofstream(file) << "app opensc-pkcs11 { pkcs11 { user_pin_unblock_style = set_pin_in_unlogged_session; } }\n"
                        << usual.str();
    setenv("OPENSC_CONF", file.c_str(), 1);
  }
  ~PukInstead() { OpenSc::instance().desk().enter(); }
  PukInstead(const PukInstead&) = delete;
  PukInstead& operator=(const PukInstead&) = delete;

 private:
  Folder folder_;
};

void changesBesidePuk(Subject& subject) {
  const PukInstead setting;
  const auto key = open(subject);
  expectError(key->changePin(pin("000000"), pin(otherPin)), ErrorCode::pin_incorrect, "wrong current PIN");
  need(key->changePin(pin(rightPin), pin(otherPin)), "change");
  expect(!need(key->unblocking(), "unblocking").has_value(), "unblocking is not offered in that way");
  expectError(key->unblockPin(pin(desk::pukOfKeys), pin(otherPin)), ErrorCode::unblock_unavailable, "unblock");
  need(key->login(pin(otherPin)), "login");
}

void changes(Subject& subject) {
  const auto key = open(subject);
  need(key->changePin(pin(rightPin), pin(otherPin)), "change");
  readEverything(*key.session);
  need(key->login(pin(otherPin)), "login");
  sign(*key.session);
}

void changesWrongly(Subject& subject) {
  const auto key = open(subject);
  expectError(key->changePin(pin("000000"), pin(otherPin)), ErrorCode::pin_incorrect, "wrong current PIN");
  expect(!key->changePin(pin(rightPin), pin("1")).has_value(), "an unusable new one");
  need(key->login(pin(rightPin)), "login");
}

bool isWorker(const Subject& subject) { return subject.name().ends_with("worker"); }

/// What a driver keeps of the PIN is the old one then.
void changesWhileLoggedIn(Subject& subject) {
  const auto key = loggedIn(subject);
  need(key->changePin(pin(rightPin), pin(otherPin)), "change");
  (void)key->apply({.order = "1", .put = {{"seal", pattern(20'000)}}}, {});
  (void)key->sign(Bytes{1}, SignatureScheme::rsaSha256, Bytes(32, 7));
  readEverything(*key.session);
}

/// Another process changes the PIN while this one is logged in. OpenSC has kept the PIN and would show it to the key
/// before each write: once, for then it forgets it. So a worker holds the key from the login on, and the other one is
/// told that it is busy; a driver loaded into this very process holds nothing.
void changedElsewhere(Subject& subject) {
  const auto key = loggedIn(subject);
  sign(*key.session);
  const auto other = workerBackend({"pkcs11", OpenSc::module}, workerSetting());
  const auto session = need(other->open(subject.serial()), "open elsewhere");
  const auto changed = session->changePin(pin(rightPin), pin(otherPin));
  if (isWorker(subject))
    expectError(changed, ErrorCode::key_busy, "change");
  else
    need(changed, "change");
  (void)key->sign(Bytes{1}, SignatureScheme::rsaSha256, Bytes(32, 7));
  (void)key->apply({.order = "1", .put = {{"seal", pattern(20'000)}}}, {});
}

/// Pulled in the middle of a change: what was begun is ended after the next login, and by nobody before.
void recovers(Subject& subject) {
  const Renewal renewal;
  auto key = loggedIn(subject);
  putOldSeal(*key.session, renewal);
  OpenSc::instance().desk().control(OpenSc::reader, "unplug after 100");
  expectError(key->apply(renewal.change, {}), ErrorCode::key_removed, "pulled");
  require(OpenSc::instance().desk().awaitPulled(OpenSc::reader), "gone");
  OpenSc::instance().desk().control(OpenSc::reader, "");
  subject.plug();
  const auto again = need(key.backend->open(subject.serial()), "open");
  readEverything(*again);
  tryToWrite(*again);
  need(again->login(pin(rightPin)), "login");
  need(again->apply(renewal.change, {}), "the order finishes");
}

void pulledAndBack(Subject& subject) {
  const auto key = loggedIn(subject);
  subject.pull();
  tryToWrite(*key.session);
  subject.plug();
  tryToWrite(*key.session);
  const auto again = need(key.backend->open(subject.serial()), "open");
  readEverything(*again);
  tryToWrite(*again);
}

}  // namespace

std::vector<PinPath> pinPaths() {
  return {{"status, listing, reading", looksAround, 0, false},
          {"writing and signing without a login", writesWithoutLogin, 0, false},
          {"an empty PIN", typesNothing, 0, false},
          {"a PIN longer than any key takes", typesFarTooMuch, 0, false},
          {"an order from login to logout", writesAnOrder},
          {"a wrong PIN", wrongOnce, 1},
          {"a wrong PIN, then the right one", wrongThenRight, 1},
          {"a wrong PIN while logged in", wrongWhileLoggedIn, 1},
          {"a PIN locked", locked, 3},
          {"a PIN locked, and unblocked", unblocked, 3, true, 0, 1},
          {"a PIN locked, and unblocked by us", unblockedByUs, 3, true, 0, 1},
          {"a wrong PUK", wrongPuk, 0, false, 0, 1, 1},
          {"a PUK locked", lockedPuk, 0, false, 0, 3, 3},
          {"the PIN changed where OpenSC might take it for a PUK", changesBesidePuk, 1},
          {"the PIN changed", changes},
          {"the PIN changed, wrongly", changesWrongly, 1},
          {"the PIN changed while logged in", changesWhileLoggedIn},
          {"the PIN changed by another process", changedElsewhere, 0, true, 1},
          {"a change broken off and ended", recovers},
          {"pulled and put back", pulledAndBack}};
}

void runPath(const PinPath& path, Way way, Tally& tally) {
  const auto subject = openScSubject(way);
  const auto where = subject->name() + ": " + path.name;
  bool whole = true;
  try {
    require(subject->reset(), "reset");
    path.run(*subject);
  } catch (const Stop&) {
    whole = false;
  }
  tally.check(whole, where + ": ran to its end");
  const auto counted = OpenSc::instance().state().pin;
  const auto byDriver = isWorker(*subject) ? 0 : path.byDriver;
  tally.check(counted.wrong == path.wrongTyped + byDriver, where + ": the key counted " +
                                                               std::to_string(counted.wrong) + " wrong PINs, not " +
                                                               std::to_string(path.wrongTyped));
  const auto puk = OpenSc::instance().state().puk;
  tally.check(puk.presented == path.puksTyped && puk.wrong == path.wrongPuks,
              where + ": the key was shown " + std::to_string(puk.presented) + " PUKs, " + std::to_string(puk.wrong) +
                  " of them wrong");
  tally.check(path.anyTyped || counted.presented == OpenSc::instance().presentedWhenFresh(),
              where + ": the key was shown a PIN that nobody typed");
}

}  // namespace sealferry::contract
