// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "token/registry.h"

namespace sealferry::contract {

/// The worker as it was built beside the tests, with a deadline fit for them.
inline token::WorkerSetting workerSetting(std::vector<std::string> developmentArguments = {}) {
  return {SEALFERRY_WORKER, std::chrono::seconds(5), std::move(developmentArguments)};
}

}  // namespace sealferry::contract
