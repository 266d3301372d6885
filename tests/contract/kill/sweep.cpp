// SPDX-License-Identifier: Apache-2.0
#include "sweep.h"

#include <fstream>

namespace sealferry::contract {
namespace {

std::unique_ptr<Session> openSession(KillTarget& target, Backend& backend) {
  auto session = backend.open(target.serial());
  return session ? std::move(*session) : nullptr;
}

bool enter(Session& session) { return session.login(pin(rightPin)).has_value(); }

void killWorker(KillTarget& target, const Renewal& renewal, const char* option, std::size_t call,
                const std::string& where, Tally& tally) {
  prepare(target, renewal);
  const auto backend = target.backend({option, std::to_string(call)});
  const auto session = openSession(target, *backend);
  if (!session || !enter(*session)) return tally.check(false, where + ": login");
  const auto outcome = session->apply(renewal.change, {});
  tally.check(!outcome && outcome.error().code == ErrorCode::module_crashed, where + ": the worker was killed");
}

/// What a whole change leaves on a key that was never broken off.
std::size_t blobsLeft(Session& session) { return session.blobs() ? session.blobs()->size() : 0; }

}  // namespace

void prepare(KillTarget& target, const Renewal& renewal) {
  require(target.reset(), "reset");
  const auto backend = target.backend();
  const auto session = openSession(target, *backend);
  require(session != nullptr && enter(*session), "login");
  putOldSeal(*session, renewal);
}

std::vector<std::string> writingCalls(KillTarget& target) {
  const Renewal renewal;
  const Folder folder;
  const auto log = folder.path() / "calls";
  prepare(target, renewal);
  const auto backend = target.backend({"--call-log", log.string()});
  const auto session = openSession(target, *backend);
  require(session != nullptr && enter(*session), "login");
  need(session->apply(renewal.change, {}), "the whole change");
  require(shownSet(*session, renewal) == "new", "the whole change shows the new set");
  std::vector<std::string> calls;
  std::ifstream lines(log);
  for (std::string line; std::getline(lines, line);) calls.push_back(line);
  return calls;
}

void checkAfterwards(KillTarget& target, const Renewal& renewal, const std::string& where, std::mt19937& random,
                     Tally& tally) {
  {
    const auto backend = target.backend();
    const auto session = openSession(target, *backend);
    if (!session) return tally.check(false, where + ": open");
    const auto shown = shownSet(*session, renewal);
    tally.check(shown == "old" || shown == "new", where + ": " + shown);
  }
  const auto backend = target.backend();
  const auto session = openSession(target, *backend);
  if (!session || !enter(*session)) return tally.check(false, where + ": login");
  auto change = renewal.change;
  if (random() % 2 == 0) change.allowInPlace = true;  // what a reissued order may differ in, its targets being the same
  const auto outcome = session->apply(change, {});
  tally.check(outcome.has_value(), where + ": the order finishes");
  const auto pending = session->pending();
  const bool clean = pending && !pending->has_value() && blobsLeft(*session) == 1;
  tally.check(clean && shownSet(*session, renewal) == "new", where + ": finished and clean");
}

void killWorkerEverywhere(KillTarget& target, const std::vector<std::string>& calls, std::mt19937& random,
                          Tally& tally) {
  const Renewal renewal;
  for (std::size_t call = 1; call <= calls.size(); ++call)
    for (const auto* option : {"--kill-at", "--kill-after"}) {
      const auto where = target.name() + ": " + option + " " + calls[call - 1];
      killWorker(target, renewal, option, call, where, tally);
      checkAfterwards(target, renewal, where, random, tally);
    }
}

}  // namespace sealferry::contract
