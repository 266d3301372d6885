// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/result.h"

namespace sealferry::token::pcsc {

/// What a function of PC/SC answers. call.cpp is the only reader of its values.
using Status = long;

enum class Outcome {
  done,
  quiet,         ///< nothing happened within the time given, or the wait was told to end
  readersMoved,  ///< the list of readers is not what it was
  noService,     ///< not running, or no more
  failed,
};
Outcome outcomeOf(Status status);

Error errorOf(const char* call, Status status);

}  // namespace sealferry::token::pcsc
