// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "token/backend.h"

namespace sealferry::operation {

/// All keys of all drivers. A driver that fails is reported by modules() and never hides the keys of the others.
class KeyRing {
 public:
  struct Driver {
    std::string kind, path;
    std::unique_ptr<token::Backend> backend;
  };
  explicit KeyRing(std::vector<Driver> drivers) : drivers_(std::move(drivers)) {}

  struct Found {
    token::KeyInfo info;
    token::Backend* backend;
  };
  struct ModuleState {
    std::string kind, path;
    Result<token::ModuleInfo> info;
  };

  /// no_driver if policy names none that can be loaded; else what is plugged in, which may be nothing.
  Result<std::vector<Found>> keys();
  std::vector<ModuleState> modules();
  /// The key of that serial number; without one the only key there is. no_driver, no_key, several_keys.
  Result<Found> choose(const std::optional<std::string>& serial);
  Result<std::unique_ptr<token::Session>> open(const std::optional<std::string>& serial);

 private:
  std::vector<Driver> drivers_;
};

}  // namespace sealferry::operation
