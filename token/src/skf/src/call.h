// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/result.h"

namespace sealferry::token::skf {

/// SAR_*, as every call answers it. call.cpp is the only reader of its values.
using Status = std::uint64_t;

/// Nothing on SAR_OK, else the failure with the status in it.
Result<void> called(const char* call, Status status);

/// A certificate, a key or a file that is simply not there.
bool isAbsent(const Error& error);
/// The status that says nothing (SAR_FAIL). Some libraries have it for what is simply not there.
bool saysNothing(const Error& error);
/// The library was given no room, or too little, and does not take that for a question how much there should be.
bool wantsRoom(const Error& error);
/// A file that is listed and cannot be read.
bool isUnreadable(const Error& error);
/// A file that only who has logged in may read.
bool needsLogin(const Error& error);
/// A status that libraries also give when the key has been pulled: whether it has must be looked up.
bool mayMeanGone(const Error& error);
bool wasLoggedIn(const Error& error);

}  // namespace sealferry::token::skf
