// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <nlohmann/json.hpp>
#include <string_view>

#include "policy/policy.h"

namespace sealferry::policy {

enum class Member { taken, unknown, wrong };

/// Takes one member of the policy file over.
Member readMember(Policy& policy, std::string_view name, const nlohmann::json& value, bool development);

}  // namespace sealferry::policy
