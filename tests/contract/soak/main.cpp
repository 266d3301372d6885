// SPDX-License-Identifier: Apache-2.0
// contract-soak [--rounds N]: the virtual USB-KEY is plugged in, read and pulled again and again, with one host and one
// worker that stay; then seals are written as often. Memory and descriptors must stay where they were.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "figures.h"
#include "opensc.h"
#include "renewal.h"
#include "tally.h"
#include "worker_setting.h"

namespace {

using namespace sealferry;
using namespace sealferry::contract;

constexpr unsigned warmUp = 10;
/// What may come on top between the warm-up and the end, in KiB: pages that an allocator has not given back.
constexpr long mostGrowth = 4096;

void insertReadRemove(Backend& backend, const Bytes& seal) {
  auto& key = OpenSc::instance();
  key.plug();
  require(need(backend.keys(), "keys").size() == 1, "one key");
  {
    const auto session = need(backend.open(key.serial()), "open");
    require(need(session->certificates(), "certificates").size() == 3, "three certificates");
    require(need(session->readBlob("seal"), "readBlob") == seal, "the seal");
    key.pull();
    require(!session->info().has_value(), "the session has ended");
  }
  require(need(backend.keys(), "keys").empty(), "no key");
}

void print(const char* what, unsigned round, const Figures& host, const Figures& worker) {
  std::printf("%-24s %5u rounds: host %6ld KiB %3zu descriptors, worker %6ld KiB %3zu descriptors\n", what, round,
              host.residentKib, host.descriptors, worker.residentKib, worker.descriptors);
}

/// Runs it that often and compares what there is after the warm-up with what there is at the end.
void soak(const char* what, unsigned rounds, const std::function<void(unsigned)>& round, Tally& tally) {
  Figures host, worker;
  for (unsigned i = 1; i <= rounds + warmUp; ++i) {
    round(i);
    if (i != warmUp && i != rounds + warmUp) continue;
    const auto hostNow = figuresOf(getpid()), workerNow = figuresOf(workerProcess());
    print(what, i, hostNow, workerNow);
    if (i == warmUp) {
      host = hostNow;
      worker = workerNow;
      continue;
    }
    tally.check(hostNow.descriptors == host.descriptors && workerNow.descriptors == worker.descriptors,
                std::string(what) + ": descriptors flat");
    tally.check(hostNow.residentKib - host.residentKib < mostGrowth, std::string(what) + ": the host's memory flat");
    tally.check(workerNow.residentKib - worker.residentKib < mostGrowth,
                std::string(what) + ": the worker's memory flat");
  }
}

int run(unsigned rounds) {
  Tally tally;
  auto& key = OpenSc::instance();
  require(key.reset(), "reset");
  const auto backend = workerBackend({"pkcs11", OpenSc::module}, workerSetting());
  const auto seal = pattern(20'000);
  {
    const auto session = need(backend->open(key.serial()), "open");
    need(session->login(pin(rightPin)), "login");
    need(session->apply({.order = "first", .put = {{"seal", seal}}}, {}), "the seal");
  }
  key.pull();
  soak(
      "insert, read, remove", rounds, [&](unsigned) { insertReadRemove(*backend, seal); }, tally);

  key.plug();
  const auto session = need(backend->open(key.serial()), "open");
  need(session->login(pin(rightPin)), "login");
  auto last = seal;
  soak(
      "seal written", rounds,
      [&](unsigned round) {
        auto next = pattern(20'000, round);
        need(session->apply({.order = std::to_string(round), .put = {{"seal", next}}, .replaces = {sha256(last)}}, {}),
             "apply");
        last = std::move(next);
      },
      tally);
  std::printf("%u passed, %u failed\n", tally.passed, tally.failed);
  return tally.failed == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const bool given = count == 3 && std::strcmp(arguments[1], "--rounds") == 0;
  const auto rounds = given ? static_cast<unsigned>(std::strtoul(arguments[2], nullptr, 10)) : 1000U;
  try {
    return run(rounds);
  } catch (const Stop&) {
    std::printf("0 passed, 1 failed\n");
    return 1;
  }
}
