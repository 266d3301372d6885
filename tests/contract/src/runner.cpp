// SPDX-License-Identifier: Apache-2.0
#include "runner.h"

#include <algorithm>
#include <cstdio>
#include <map>

namespace sealferry::contract {
namespace {

unsigned failures = 0;
std::string running;

enum class Outcome { passed, failed, skipped };

/// Skips that are as they should be: what this backend cannot have, and why.
const std::map<std::pair<std::string, Capability>, const char*>& allowedSkips() {
  using enum Capability;
  static const std::map<std::pair<std::string, Capability>, const char*> table{
      {{"SoftHSM", pinLimit}, "SoftHSM counts no tries"},
      {{"SoftHSM", pukLimit}, "SoftHSM counts no tries"},
      {{"SoftHSM", mustChange}, "SoftHSM never sets the flag"},
      {{"SoftHSM", limit}, "SoftHSM has no limit"},
      {{"SoftHSM", memory}, "SoftHSM has no limit"},
      {{"SoftHSM", pull}, "SoftHSM cannot be pulled"},
      {{"SoftHSM", faults}, "SoftHSM has no fault script"},
      {{"SoftHSM, worker", faults}, "SoftHSM has no fault script"},
      {{"memory, worker", faults}, "there is no driver to fail"},
      {{"SoftHSM", pullAtCall}, "SoftHSM cannot be pulled"},
      {{"SoftHSM", pullAnywhere}, "SoftHSM cannot be pulled"},
      {{"fake module", pullAnywhere}, "libp11 0.4.12 would crash or wait for ever: through the worker only"},
      {{"OpenSC", pss}, "the card pads PKCS#1 v1.5 by itself and nothing else"},
      {{"OpenSC", ecdsa}, "OpenSC 0.23 lets this card sign ECDSA with SHA-1 only"},
      {{"OpenSC", sm2}, "the card has no SM2"},
      {{"OpenSC", envelope}, "PKCS#11 has no call for it"},
      {{"OpenSC", mustChange}, "OpenSC never sets the flag"},
      {{"OpenSC", memory}, "OpenSC does not tell what is free"},
      {{"OpenSC", pullAtCall}, "pulled at each APDU instead: contract-unplug"},
      {{"OpenSC", pullAnywhere}, "pulled at each APDU instead: contract-unplug"},
      {{"OpenSC", faults}, "OpenSC has no fault script"},
      {{"OpenSC, worker", faults}, "OpenSC has no fault script"},
      {{"memory", pullAnywhere}, "unit-token pulls it at each call"},
      {{"memory", pullAtCall}, "unit-token pulls it at each call"},
      {{"memory", faults}, "there is no driver to fail"},
      {{"fake module", faults}, "in this process it would end the suite: through the worker only"},
      {{"memory", persistent}, "the key ends with its process"},
      {{"memory", sm2}, "not in the fake key"},
      {{"memory", envelope}, "not in the fake key"},
      {{"fake module", envelope}, "PKCS#11 has no call for it"},
      {{"memory", pinEachTime}, "not in the fake key"},
      {{"memory", privateOnly}, "it has key pairs, not objects"},
      {{"soft SKF", privateOnly}, "GM/T 0016 has key pairs, not objects"},
      {{"wide SKF", privateOnly}, "GM/T 0016 has key pairs, not objects"},
      {{"soft SKF", pinEachTime}, "GM/T 0016 knows no such keys"},
      {{"wide SKF", pinEachTime}, "GM/T 0016 knows no such keys"},
      {{"SoftHSM", sm2}, "SoftHSM has no SM2"},
      {{"SoftHSM", envelope}, "PKCS#11 has no call for it"},
      {{"soft SKF", pss}, "GM/T 0016 signs PKCS#1 v1.5 only"},
      {{"soft SKF", ecdsa}, "GM/T 0016 knows SM2 and no other curve"},
      {{"soft SKF", faults}, "in this process it would end the suite: through the worker only"},
      {{"wide SKF", pss}, "GM/T 0016 signs PKCS#1 v1.5 only"},
      {{"wide SKF", ecdsa}, "GM/T 0016 knows SM2 and no other curve"},
      {{"wide SKF", pull}, "differs from soft SKF in its layout alone"},
      {{"wide SKF", pullAtCall}, "differs from soft SKF in its layout alone"},
      {{"wide SKF", pullAnywhere}, "differs from soft SKF in its layout alone"},
      {{"wide SKF", faults}, "differs from soft SKF in its layout alone"},
      {{"wide SKF, worker", faults}, "differs from soft SKF in its layout alone"},
  };
  return table;
}

const char* whyAllowed(const Subject& subject, Capability capability) {
  const auto name = subject.name();
  auto found = allowedSkips().find({name, capability});
  if (found == allowedSkips().end() && capability != Capability::faults)
    found = allowedSkips().find({name.substr(0, name.find(',')), capability});
  return found == allowedSkips().end() ? nullptr : found->second;
}

Outcome runOne(Subject& subject, const Case& one) {
  for (const auto capability : one.needs)
    if (!subject.has(capability)) return Outcome::skipped;
  running = subject.name() + ": " + one.name;
  const auto before = failures;
  try {
    require(subject.reset(), "reset");
    one.run(subject);
  } catch (const Stop&) {
  }
  subject.release();
  return failures == before ? Outcome::passed : Outcome::failed;
}

struct Tally {
  unsigned passed = 0, failed = 0, skipped = 0;
  std::map<std::pair<std::string, Capability>, unsigned> skips;
};

void printMatrix(const std::vector<std::unique_ptr<Subject>>& subjects) {
  using enum Capability;
  std::printf("\ncapability      ");
  for (const auto& subject : subjects) std::printf("  %-20s", subject->name().c_str());
  for (const auto capability :
       {rsa, pss, ecdsa, generate, pinLimit, pinChange, unblock, pukLimit, mustChange, limit, memory, pull, pullAtCall,
        pullAnywhere, persistent, sm2, envelope, pinEachTime, faults}) {
    std::printf("\n%-16s", nameOf(capability).c_str());
    for (const auto& subject : subjects) std::printf("  %-20s", subject->has(capability) ? "yes" : "-");
  }
  std::printf("\n");
}

/// Prints each kind of skip; answers how many were not allowed.
unsigned printSkips(const std::vector<std::unique_ptr<Subject>>& subjects, const Tally& tally) {
  unsigned forbidden = 0;
  std::printf("\nskips\n");
  for (const auto& subject : subjects)
    for (const auto& [key, count] : tally.skips) {
      if (key.first != subject->name()) continue;
      const char* why = whyAllowed(*subject, key.second);
      std::printf("  %-24s %-12s %2u cases: %s\n", key.first.c_str(), nameOf(key.second).c_str(), count,
                  why != nullptr ? why : "NOT ALLOWED");
      if (why == nullptr) forbidden += count;
    }
  return forbidden;
}

void count(Tally& tally, const Subject& subject, const Case& one, Outcome outcome) {
  if (outcome == Outcome::passed) ++tally.passed;
  if (outcome == Outcome::failed) ++tally.failed;
  if (outcome != Outcome::skipped) return;
  ++tally.skipped;
  for (const auto capability : one.needs)
    if (!subject.has(capability)) ++tally.skips[{subject.name(), capability}];
}

}  // namespace

void expect(bool good, const std::string& what) {
  if (good) return;
  ++failures;
  std::printf("FAILED %s: %s\n", running.c_str(), what.c_str());
  std::fflush(stdout);
}

unsigned failureCount() { return failures; }

void require(bool good, const std::string& what) {
  expect(good, what);
  if (!good) throw Stop{};
}

int runAll(std::vector<std::unique_ptr<Subject>> subjects, const std::vector<Case>& cases) {
  Tally tally;
  for (const auto& subject : subjects)
    for (const auto& one : cases) count(tally, *subject, one, runOne(*subject, one));
  printMatrix(subjects);
  const auto forbidden = printSkips(subjects, tally);
  std::printf("\n%u passed, %u failed, %u skipped as allowed\n", tally.passed, tally.failed + forbidden,
              tally.skipped - forbidden);
  return tally.failed + forbidden == 0 ? 0 : 1;
}

}  // namespace sealferry::contract
