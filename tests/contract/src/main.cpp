// SPDX-License-Identifier: Apache-2.0
// contract [--only SUBSTRING]: the promises of token/backend.h over every backend, direct and through the worker.
#include <cstdio>
#include <cstring>

#include "runner.h"

int main(int count, char** arguments) {
  using namespace sealferry::contract;
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  isolateLocks();
  std::vector<std::unique_ptr<Subject>> subjects;
  for (const auto way : {Way::direct, Way::worker}) {
    subjects.push_back(memorySubject(way));
    subjects.push_back(fakeModuleSubject(way));
    subjects.push_back(softHsmSubject(way));
    subjects.push_back(softSkfSubject(way));
    subjects.push_back(wideSkfSubject(way));
  }
  // Last: from here on this process has pcscd and a key for children, and others are asked whether they left any.
  for (const auto way : {Way::direct, Way::worker}) subjects.push_back(openScSubject(way));
  if (count == 3 && std::strcmp(arguments[1], "--only") == 0)
    std::erase_if(subjects, [&](const auto& one) { return one->name().find(arguments[2]) == std::string::npos; });
  return runAll(std::move(subjects), allCases());
}
