// SPDX-License-Identifier: Apache-2.0
// contract-unplug [--full | --seconds N] [--seed N] [--at COMMAND] [--only NAME]: a seal write and a
// certificate-and-seal change are broken off by pulling the virtual USB-KEY at every command that OpenSC sends it,
// before and after the command takes effect. Without --full, at as many positions as fit into the time, chosen by the
// seed.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "sweep.h"

namespace {

using namespace sealferry::contract;
using Clock = std::chrono::steady_clock;

struct Options {
  unsigned seconds = 60, seed = std::random_device()(), at = 0;
  bool full = false;
  std::string only{};  ///< part of a scenario's name
};

Options parse(int count, char** arguments) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = arguments[i];
    if (word == "--full") options.full = true;
    if (i + 1 == count) continue;
    const auto number = static_cast<unsigned>(std::strtoul(arguments[i + 1], nullptr, 10));
    if (word == "--seconds") options.seconds = number;
    if (word == "--seed") options.seed = number;
    if (word == "--at") options.at = number;
    if (word == "--only") options.only = arguments[i + 1];
  }
  return options;
}

struct Visit {
  const Scenario* scenario;
  Position position;
};

std::vector<Visit> visits(const std::vector<Scenario>& all, const Options& options, std::mt19937& random) {
  std::vector<Visit> list;
  for (const auto& scenario : all) {
    if (scenario.name.find(options.only) == std::string::npos) continue;
    for (const auto& position : everyPosition(scenario))
      if (options.at == 0 || options.at == position.command) list.push_back({&scenario, position});
  }
  if (!options.full) std::ranges::shuffle(list, random);
  return list;
}

int run(const Options& options) {
  std::mt19937 random(options.seed);
  const Folder folder;
  const auto all = scenarios(folder);
  for (const auto& scenario : all)
    std::printf("%s: %zu commands to the key\n", scenario.name.c_str(), scenario.commands.size());
  const auto list = visits(all, options, random);
  const auto began = Clock::now();
  Tally tally;
  std::size_t done = 0;
  for (const auto& visit : list) {
    if (!options.full && Clock::now() - began > std::chrono::seconds(options.seconds)) break;
    unplugAt(*visit.scenario, visit.position, random, tally);
    ++done;
  }
  const auto seconds = std::chrono::duration<double>(Clock::now() - began).count();
  std::printf("pulled at %zu of %zu positions in %.0f s\n", done, list.size(), seconds);
  std::printf("%u passed, %u failed\n", tally.passed, tally.failed);
  return tally.failed == 0 && done > 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const auto options = parse(count, arguments);
  std::printf("seed %u\n", options.seed);
  try {
    return run(options);
  } catch (const Stop&) {
    std::printf("0 passed, 1 failed\n");
    return 1;
  }
}
