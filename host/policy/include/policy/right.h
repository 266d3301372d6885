// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sealferry::policy {

/// What a site may do with a key (docs/protocol.md, "Sites").
enum class Right { read, write, test, stamp, sign };
using Rights = std::set<Right>;

std::string_view nameOf(Right right);
std::optional<Right> rightByName(std::string_view name);
std::vector<std::string> namesOf(const Rights& rights);

/// What a site gets that the user, or policy without a list of rights, trusts: stamp and sign are never among them.
Rights ordinaryRights();

}  // namespace sealferry::policy
