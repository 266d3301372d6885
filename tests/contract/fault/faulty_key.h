// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
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
  virtual std::vector<FaultKind> faults() const = 0;
  virtual void reset() = 0;
  virtual void misbehave(const std::string& how, const std::string& call) = 0;  ///< the first time it is made
};

std::unique_ptr<FaultyKey> faultyPkcs11();  ///< tests/fakes/module/src/faults.h
std::unique_ptr<FaultyKey> faultySkf();     ///< token/soft/library/faults.h

}  // namespace sealferry::contract
