// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "subject.h"

namespace sealferry::contract {

/// One promise of the public face, shown on a fresh key.
struct Case {
  std::string name;
  std::set<Capability> needs;
  std::function<void(Subject&)> run;
};

std::vector<Case> allCases();

/// Thrown by `require` and caught by the runner: the rest of a case makes no sense any more.
struct Stop {};

void expect(bool good, const std::string& what);
void require(bool good, const std::string& what);
unsigned failureCount();  ///< of all expectations so far

template <class T>
T need(Result<T> result, const std::string& what) {
  const auto name = result ? std::string()
                           : std::string(errorRow(result.error().code).name) + " in " + result.error().where + " " +
                                 std::to_string(result.error().native);
  require(result.has_value(), what + (result ? "" : ": " + name));
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

template <class T>
void expectError(const Result<T>& result, ErrorCode code, const std::string& what) {
  const auto got = result ? "success" : errorRow(result.error().code).name;
  expect(!result && result.error().code == code, what + ": " + std::string(got));
}

/// Runs every case over every subject, prints the matrix and the skips; 0 if all passed and every skip was allowed.
int runAll(std::vector<std::unique_ptr<Subject>> subjects, const std::vector<Case>& cases);

}  // namespace sealferry::contract
