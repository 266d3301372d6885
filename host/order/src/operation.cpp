// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <utility>

#include "order/work_order.h"

namespace sealferry::order {
namespace {

constexpr std::array<std::pair<Operation, std::string_view>, 6> names{
    {{Operation::issue, "issue"},
     {Operation::reissue, "reissue"},
     {Operation::change, "change"},
     {Operation::annualInspection, "annualInspection"},
     {Operation::request, "request"},
     {Operation::unblock, "unblock"}}};

}  // namespace

std::string_view nameOf(Operation operation) {
  return std::ranges::find(names, operation, &std::pair<Operation, std::string_view>::first)->second;
}

std::optional<Operation> operationNamed(std::string_view name) {
  const auto row = std::ranges::find(names, name, &std::pair<Operation, std::string_view>::second);
  if (row == names.end()) return std::nullopt;
  return row->first;
}

}  // namespace sealferry::order
