// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "policy/policy.h"
#include "token/profile.h"

namespace sealferry::app {

/// All profiles of policy as this module's worker is told them: those that policy names for it may be written through.
std::vector<token::StorageProfile> profilesFor(const policy::Policy& policy, const policy::Module& module);

}  // namespace sealferry::app
