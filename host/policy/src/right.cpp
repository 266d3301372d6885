// SPDX-License-Identifier: Apache-2.0
#include "policy/right.h"

#include <algorithm>
#include <array>

namespace sealferry::policy {
namespace {

constexpr std::array<std::string_view, 5> names = {"read", "write", "test", "stamp", "sign"};

}  // namespace

std::string_view nameOf(Right right) { return names[static_cast<std::size_t>(right)]; }

std::optional<Right> rightByName(std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Right>(found - names.begin());
}

std::vector<std::string> namesOf(const Rights& rights) {
  std::vector<std::string> list;
  for (const auto right : rights) list.emplace_back(nameOf(right));
  return list;
}

Rights ordinaryRights() { return {Right::read, Right::write, Right::test}; }

}  // namespace sealferry::policy
