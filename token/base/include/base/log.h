// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace sealferry::log {

enum class Level { error, warning, info, debug };

/// Lines go to stderr, or to a file once one is named. Never give it a PIN, a name, a certificate, a seal or page text:
/// the events are words of our own, numbers and native statuses.
void setLevel(Level level);
bool setFile(const std::string& path);
void write(Level level, std::string_view event, std::uint64_t number = 0);

/// Logs an error in full and returns the reference people can quote ("7f3a-0012").
std::string writeError(const Error& error, std::string_view during);

}  // namespace sealferry::log
