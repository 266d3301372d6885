// SPDX-License-Identifier: Apache-2.0
// contract [--way direct|worker] [--only SUBSTRING]: the promises of token/backend.h over every backend.
#include <cstdio>
#include <string_view>

#include "runner.h"

namespace {

using namespace sealferry::contract;

struct Choice {
  bool direct = true, worker = true;
  std::string only;  // of the subject's name
};

Choice choiceOf(int count, char** arguments) {
  Choice choice;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string_view option = arguments[i], value = arguments[i + 1];
    if (option == "--way") choice.direct = value == "direct", choice.worker = value == "worker";
    if (option == "--only") choice.only = value;
  }
  return choice;
}

std::vector<std::unique_ptr<Subject>> subjectsFor(Way way) {
  std::vector<std::unique_ptr<Subject>> subjects;
  subjects.push_back(memorySubject(way));
  subjects.push_back(fakeModuleSubject(way));
  subjects.push_back(softHsmSubject(way));
  subjects.push_back(softSkfSubject(way));
  subjects.push_back(wideSkfSubject(way));
  return subjects;
}

std::vector<std::unique_ptr<Subject>> chosenSubjects(const Choice& choice) {
  std::vector<Way> ways;
  if (choice.direct) ways.push_back(Way::direct);
  if (choice.worker) ways.push_back(Way::worker);
  std::vector<std::unique_ptr<Subject>> subjects;
  for (const auto way : ways)
    for (auto& one : subjectsFor(way)) subjects.push_back(std::move(one));
  // Last: from here on this process has pcscd and a key for children, and others are asked whether they left any.
  for (const auto way : ways) subjects.push_back(openScSubject(way));
  std::erase_if(subjects, [&](const auto& one) { return one->name().find(choice.only) == std::string::npos; });
  return subjects;
}

}  // namespace

int main(int count, char** arguments) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  isolateLocks();
  auto subjects = chosenSubjects(choiceOf(count, arguments));
  if (subjects.empty()) {
    std::puts("FAILED: no key is called so");
    return 2;
  }
  return runAll(std::move(subjects), allCases());
}
