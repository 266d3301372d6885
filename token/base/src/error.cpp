// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include <algorithm>
#include <array>

namespace sealferry {
namespace {

constexpr auto table = std::to_array<ErrorRow>({
#define SEALFERRY_ERROR(number, name, retry, zhWhat, zhAdvice, enWhat, enAdvice) \
  {ErrorCode::name, #name, retry, {zhWhat, zhAdvice}, {enWhat, enAdvice}},
#include "base/error.def"
#undef SEALFERRY_ERROR
});

}  // namespace

const ErrorRow& errorRow(ErrorCode code) {
  const auto row = std::ranges::find(table, code, &ErrorRow::code);
  return row != table.end() ? *row : table.back();  // the last row is `internal`
}

std::optional<ErrorCode> errorByName(std::string_view name) {
  const auto row = std::ranges::find(table, name, &ErrorRow::name);
  if (row == table.end()) return std::nullopt;
  return row->code;
}

std::span<const ErrorRow> errorTable() { return table; }

}  // namespace sealferry
