// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sealferry {

/// Every error there is: see base/error.def. The number is the contract.
enum class ErrorCode : std::uint16_t {
#define SEALFERRY_ERROR(number, name, retry, zhWhat, zhAdvice, enWhat, enAdvice) name = number,
#include "base/error.def"
#undef SEALFERRY_ERROR
};

struct ErrorText {
  std::string_view what;    ///< what happened
  std::string_view advice;  ///< what to do
};

struct ErrorRow {
  ErrorCode code;
  std::string_view name;
  bool retry;  ///< the same call may succeed without anything being changed in it
  ErrorText chinese, english;
};

/// The row of a code; the row of `internal` for a number that is not in the table.
const ErrorRow& errorRow(ErrorCode code);
std::optional<ErrorCode> errorByName(std::string_view name);
std::span<const ErrorRow> errorTable();

/// What failed. Only code, triesLeft and detail may leave the host; where and native are for the log.
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string where;                          ///< the call that failed, e.g. "C_Login"; no user data
  std::uint64_t native = 0;                   ///< the native status (CK_RV, SAR_*, errno), 0 if there is none
  std::optional<int> triesLeft;               ///< PIN tries left, where the key tells it
  std::map<std::string, std::string> detail;  ///< small and typed, see docs/protocol.md
};

}  // namespace sealferry
