// SPDX-License-Identifier: Apache-2.0
#include "faults.h"

#include <sys/prctl.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "token/registry.h"

namespace sealferry::contract {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto deadline = 300ms;

/// Orphans of dead workers come to us (PR_SET_CHILD_SUBREAPER), so that none is overlooked.
bool noChildWithin(std::chrono::milliseconds time) {
  const auto end = Clock::now() + time;
  for (;;) {
    const auto ended = waitpid(-1, nullptr, WNOHANG);
    if (ended < 0 && errno == ECHILD) return true;
    if (ended > 0) continue;
    if (Clock::now() > end) return false;
    std::this_thread::sleep_for(2ms);
  }
}

WorkerSetting setting(std::chrono::milliseconds callDeadline) { return {SEALFERRY_WORKER, callDeadline, {}}; }

/// Those of this process while one worker runs, and no other: one that ended late keeps a descriptor until the next is
/// started.
std::size_t descriptors(const FaultyKey& key) {
  (void)noChildWithin(12s);
  const auto backend = workerBackend(key.module(), setting(5s));
  (void)backend->module();
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

template <class T>
std::optional<Error> errorIn(const Result<T>& result) {
  return result ? std::nullopt : std::optional(result.error());
}

std::optional<Error> useSession(Session& session) {
  if (auto failed = errorIn(session.info())) return failed;
  if (auto failed = errorIn(session.certificates())) return failed;
  if (auto failed = errorIn(session.login(pin(rightPin)))) return failed;
  const auto pairs = session.keyPairs();
  if (!pairs) return pairs.error();
  const auto signing = std::ranges::find_if(
      *pairs, [](const auto& pair) { return pair.algorithm == KeyAlgorithm::rsa && pair.use == KeyUse::signing; });
  if (signing == pairs->end()) return Error{ErrorCode::no_certificate, "pairs", 0, {}, {}};
  if (auto failed = errorIn(session.sign(signing->keyId, SignatureScheme::rsaSha256, Bytes(32, 1)))) return failed;
  return errorIn(session.apply({.order = "1", .put = {{"seal", pattern(5000)}}}, {}));
}

/// Everything one does with a key, closing it too; the first failure.
std::optional<Error> useKey(const FaultyKey& key, Backend& backend) {
  if (auto failed = errorIn(backend.module())) return failed;
  if (auto failed = errorIn(backend.keys())) return failed;
  const auto session = backend.open(key.serial());
  if (!session) return session.error();
  return useSession(**session);
}

std::string textOf(const std::optional<Error>& error) {
  return error ? std::string(errorRow(error->code).name) + " in " + error->where : "no error";
}

struct Round {
  std::string where;
  std::chrono::milliseconds most;
};

/// One fault at one call, and the key afterwards; how long the failing took at most.
Round once(FaultyKey& key, const FaultKind& fault, const std::string& call, Tally& tally) {
  const bool mayFail = !key.lastCalls().contains(call);
  const bool mustFail = fault.mustFail && mayFail;
  Round round{fault.how + " at " + call, {}};
  key.reset();
  auto backend = workerBackend(key.module(), setting(fault.how == "hang" ? deadline : 5s));
  key.misbehave(fault.how, call);
  const auto began = Clock::now();
  const auto failed = useKey(key, *backend);
  round.most = std::chrono::ceil<std::chrono::milliseconds>(Clock::now() - began);
  const bool allowed =
      failed ? mayFail && std::ranges::find(fault.allowed, failed->code) != fault.allowed.end() : !mustFail;
  tally.check(allowed, round.where + ": " + textOf(failed));
  if (failed && mustFail) tally.check(failed->detail.contains("module"), round.where + ": the driver is named");
  key.behave();
  if (fault.how == "hang") backend = workerBackend(key.module(), setting(5s));  // the deadline was for the hanging
  const auto after = useKey(key, *backend);  // a write that was broken off is finished by the same order
  tally.check(!after, round.where + ": afterwards " + textOf(after));
  return round;
}

}  // namespace

void misbehaveOver(FaultyKey& key, const FaultKind& fault, unsigned rounds, std::mt19937& random, Tally& tally) {
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  const auto calls = key.calls();
  const auto first = random() % calls.size();           // from there on each in turn
  (void)once(key, {"print", {}}, calls[first], tally);  // what is made once is made now
  const auto before = descriptors(key);
  std::chrono::milliseconds most{0};
  for (unsigned i = 0; i < rounds; ++i) {
    const auto round = once(key, fault, calls[(first + i) % calls.size()], tally);
    most = std::max(most, round.most);
    tally.check(noChildWithin(1s), round.where + ": a process is left");
  }
  const auto left = descriptors(key);
  tally.check(left == before, fault.how + ": descriptors");
  // A change has eight deadlines, 2.4 s; the rest is for a busy machine.
  if (fault.how == "hang") tally.check(most < 6s, "a driver that hangs is given up in time");
  std::printf("%-6s %-8s %u rounds, at most %lld ms, descriptors %zu -> %zu, no process left\n",
              key.module().kind.c_str(), fault.how.c_str(), rounds, static_cast<long long>(most.count()), before, left);
}

}  // namespace sealferry::contract
