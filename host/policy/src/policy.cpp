// SPDX-License-Identifier: Apache-2.0
#include "policy/policy.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "members.h"

namespace sealferry::policy {
namespace {

using nlohmann::json;

constexpr std::uintmax_t largestPolicyFile = 1024 * 1024;

std::optional<json> readFile(const std::filesystem::path& file) {
  std::error_code error;
  if (std::filesystem::file_size(file, error) > largestPolicyFile || error) return std::nullopt;
  std::ifstream stream(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!stream) return std::nullopt;
  try {
    return json::parse(text);
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

Policy trustNothing(std::string problem) {
  Policy policy;
  policy.userMayTrust = false;
  policy.readable = false;
  policy.problems = {std::move(problem)};
  return policy;
}

/// A module that is to be written through a profile which is not there must not be written in another way.
bool knowsItsProfiles(const Policy& policy) {
  return std::ranges::all_of(policy.modules, [&](const Module& module) {
    return std::ranges::all_of(module.profiles, [&](const std::string& name) {
      return std::ranges::find(policy.profiles, name, &StorageProfile::name) != policy.profiles.end();
    });
  });
}

}  // namespace

Policy loadPolicy(const std::filesystem::path& file, bool development) {
  std::error_code error;
  if (!std::filesystem::exists(file, error) && !error) return {};
  const auto content = readFile(file);
  if (!content || !content->is_object()) return trustNothing("unreadable");
  Policy policy;
  for (const auto& [name, value] : content->items()) {
    const auto member = readMember(policy, name, value, development);
    // A limit that was meant and could not be understood must not turn into none: the strict side wins.
    if (member == Member::wrong) return trustNothing(name);
    if (member == Member::unknown) policy.problems.push_back(name);
  }
  if (!knowsItsProfiles(policy)) return trustNothing("profiles");
  return policy;
}

}  // namespace sealferry::policy
