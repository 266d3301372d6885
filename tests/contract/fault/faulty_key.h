// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "token/registry.h"

namespace sealferry::contract {

/// One way to misbehave, and what may be told of it.
struct FaultKind {
  std::string how;
  std::vector<ErrorCode> allowed;  ///< what the first failing call may answer; empty: none may fail
  bool mustFail = false;
};

/// A key whose driver misbehaves as a script says.
class FaultyKey {
 public:
  virtual ~FaultyKey() = default;
  virtual token::ModuleSetting module() const = 0;
  virtual std::string serial() const = 0;
  /// Everything that is done with the key makes each of these calls at least once.
  virtual std::vector<std::string> calls() const = 0;
  /// Those that are made only when the work is done: nothing they do is anybody's error any more.
  virtual std::set<std::string> lastCalls() const = 0;
  virtual std::vector<FaultKind> faults() const = 0;
  virtual void reset() = 0;
  virtual void misbehave(const std::string& how, const std::string& call) = 0;  ///< the first time it is made
  virtual void behave() = 0;                                                    ///< from now on; the key stays as it is
};

std::unique_ptr<FaultyKey> faultyPkcs11();  ///< tests/fakes/module/src/faults.h
std::unique_ptr<FaultyKey> faultySkf();     ///< token/soft/library/faults.h

}  // namespace sealferry::contract
