// SPDX-License-Identifier: Apache-2.0
// Calls that fail once while the key stays where it is.
#include "renewal.h"

namespace sealferry::contract {
namespace {

using enum Capability;

constexpr unsigned enough = 3;  ///< changes in a row that went through: the call is not made so often

/// Each call of one kind in turn: the key shows the old set or the new one, and the same order goes through.
void failsAt(Subject& subject, const std::string& call) {
  const Renewal renewal;
  unsigned failed = 0;
  for (unsigned nth = 1, through = 0; through < enough; ++nth) {
    const auto where = call + " " + std::to_string(nth);
    require(subject.reset(), "reset");
    const auto key = loggedIn(subject);
    putOldSeal(*key.session, renewal);
    subject.misbehave("error", call, nth);
    const auto outcome = key->apply(renewal.change, {});
    subject.misbehave("", "", 0);
    through = outcome ? through + 1 : 0;
    if (!outcome) ++failed;
    if (!outcome) expectError(outcome, ErrorCode::write_failed, where);
    const auto shown = shownSet(*key.session, renewal);
    expect(shown == "new" || (shown == "old" && !outcome), where + " left: " + shown);
    need(key->apply(renewal.change, {}), "the same order after " + where);
    expect(shownSet(*key.session, renewal) == "new", "finished after " + where);
    expect(!need(key->pending(), "pending").has_value(), "no journal after " + where);
  }
  expect(failed > 0, call + " is made, and its failing is told");
}

void failsWhileChanging(Subject& subject) {
  failsAt(subject, "C_CreateObject");
  failsAt(subject, "C_DestroyObject");
}

/// Nobody waits for it any more, and the next one who comes finds the key as ever, and nobody logged in.
void failsAtTheEnd(Subject& subject) {
  for (const std::string call : {"C_Logout", "C_CloseSession", "C_Finalize", "C_Initialize"}) {
    require(subject.reset(), "reset");
    auto key = loggedIn(subject);
    need(key->apply({.order = "1", .put = {{"seal", pattern(10)}}}, {}), "the work");
    subject.misbehave("error", call, 1);
    key.session.reset();
    expect(need(key.backend->keys(), "keys after " + call).size() == 1, "the key is there after " + call);
    subject.misbehave("", "", 0);
    key.session = need(key.backend->open(subject.serial()), "open after " + call);
    expectError(key->login(pin("000000")), ErrorCode::pin_incorrect, "a wrong PIN after " + call);
    need(key->login(pin(rightPin)), "login after " + call);
    expect(need(key->readBlob("seal"), "readBlob") == pattern(10), "the seal after " + call);
  }
}

}  // namespace

std::vector<Case> errorCases() {
  return {{"a call that fails in the middle of a change", {pullAtCall, rsa}, failsWhileChanging},
          {"a call that fails when the work is done", {pullAtCall}, failsAtTheEnd}};
}

}  // namespace sealferry::contract
