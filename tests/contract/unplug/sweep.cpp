// SPDX-License-Identifier: Apache-2.0
#include "sweep.h"

#include "worker_setting.h"

namespace sealferry::contract {
namespace {

std::unique_ptr<Backend> worker() { return workerBackend({"pkcs11", OpenSc::module}, workerSetting()); }

std::string reason(const Error& error) {
  return std::string(errorRow(error.code).name) + " in " + error.where + " " + std::to_string(error.native);
}

/// Logged in, or nothing, with the reason counted as a failure.
std::unique_ptr<Session> enter(Backend& backend, const std::string& where, Tally& tally) {
  auto session = backend.open(OpenSc::instance().serial());
  tally.check(session.has_value(), where + ": open" + (session ? "" : ": " + reason(session.error())));
  if (!session) return nullptr;
  const auto in = (*session)->login(pin(rightPin));
  tally.check(in.has_value(), where + ": login" + (in ? "" : ": " + reason(in.error())));
  return in ? std::move(*session) : nullptr;
}

void breakOff(const Scenario& scenario, const Position& position, Backend& backend, const std::string& where,
              Tally& tally) {
  auto& desk = OpenSc::instance().desk();
  const auto session = enter(backend, where + ", before", tally);
  if (!session) return;
  const auto* moment = position.after ? "unplug after " : "unplug before ";
  desk.control(OpenSc::reader, scenario.wishes + moment + std::to_string(position.command));
  const auto outcome = session->apply(scenario.renewal.change, {});
  tally.check(!outcome && outcome.error().code == ErrorCode::key_removed,
              where + ": key_removed, not " + (outcome ? "success" : reason(outcome.error())));
}

/// The old or the new set; in place it may also be that the old seal has gone and the new one is not there yet.
void checkShown(const Scenario& scenario, Backend& backend, const std::string& where, Tally& tally) {
  const auto session = backend.open(OpenSc::instance().serial());
  const auto shown = session ? shownSet(**session, scenario.renewal) : reason(session.error());
  const auto blobs = session ? (*session)->blobs() : passOn(session);
  const bool between = scenario.inPlace && blobs && blobs->empty() && shows(**session, knownKeys().rsaCertificate);
  tally.check(shown == "old" || shown == "new" || between, where + ": " + shown);
}

void finish(const Scenario& scenario, Backend& backend, const std::string& where, bool reissued, Tally& tally) {
  const auto session = enter(backend, where, tally);
  if (!session) return;
  auto change = scenario.renewal.change;
  change.allowInPlace = reissued || scenario.inPlace;
  const auto outcome = session->apply(change, {});
  tally.check(outcome.has_value(), where + ": the order finishes" + (outcome ? "" : ": " + reason(outcome.error())));
  const auto pending = session->pending();
  tally.check(pending && !pending->has_value(), where + ": no journal is left");
  const auto shown = shownSet(*session, scenario.renewal);
  tally.check(shown == "new", where + ": finished: " + shown);
}

}  // namespace

std::vector<Position> everyPosition(const Scenario& scenario) {
  std::vector<Position> all;
  for (std::size_t command = 1; command <= scenario.commands.size(); ++command)
    for (const bool after : {false, true}) all.push_back({command, after});
  return all;
}

void unplugAt(const Scenario& scenario, const Position& position, std::mt19937& random, Tally& tally) {
  auto& key = OpenSc::instance();
  const auto where = scenario.name + ", pulled " + (position.after ? "after" : "before") + " command " +
                     std::to_string(position.command) + " (" +
                     toHex(Bytes{scenario.commands.at(position.command - 1)}) + ")";
  key.desk().control(OpenSc::reader, scenario.wishes);
  key.become(scenario.before);
  if (!key.desk().isPlugged(OpenSc::reader)) key.plug();
  const bool sameWorker = random() % 2 == 0, reissued = random() % 2 == 0;
  auto backend = worker();
  breakOff(scenario, position, *backend, where, tally);
  if (!sameWorker) backend = worker();
  tally.check(key.desk().awaitPulled(OpenSc::reader), where + ": it is pulled");
  key.desk().control(OpenSc::reader, scenario.wishes);
  key.plug();
  checkShown(scenario, *backend, where, tally);
  finish(scenario, *backend, where, reissued, tally);
  // OpenSC answers from its memory what it wrote itself: what the key holds only another process can say.
  const auto other = worker();
  const auto fresh = other->open(key.serial());
  const auto held = fresh ? shownSet(**fresh, scenario.renewal) : reason(fresh.error());
  tally.check(held == "new", where + ": the key holds: " + held);
  const auto bytes = key.state().bytesInFiles();
  tally.check(bytes == scenario.bytesAfter,
              where + ": " + std::to_string(bytes) + " bytes, not " + std::to_string(scenario.bytesAfter));
}

}  // namespace sealferry::contract
