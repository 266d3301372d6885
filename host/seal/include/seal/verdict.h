// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace sealferry::seal {

/// How forgiving a reading is. Lenient accepts the deviations that are known from the field, each under a name which is
/// reported as a note; strict refuses them at the step `format`.
enum class Strictness { lenient, strict };

/// `unreadable` is for callers that could not get at the bytes; whatever bytes are given, check() says one of the
/// others.
enum class Outcome { valid, validWithNote, invalid, unreadable };
std::string_view nameOf(Outcome outcome);  ///< "valid" "valid-with-note" "invalid" "unreadable"

enum class StepResult { passed, note, failed };
std::string_view nameOf(StepResult result);  ///< "passed" "note" "failed"

struct Step {
  std::string name;  ///< "format" "picture" "sealSignature" "makerCert" "sealValidity" "timestamp" (where there is
                     ///< one), in this order
  StepResult result = StepResult::passed;
  std::string reason;  ///< a stable word; empty when passed
};

/// What a check found. Checking ends at the first failed step, so `steps` ends there too.
struct Verdict {
  Outcome outcome = Outcome::invalid;
  std::string failedStep;      ///< empty unless invalid
  std::optional<int> version;  ///< of the structure: 1, 4 or 5; none if it could not be read
  Time at = 0;                 ///< the time the verdict was made for
  std::vector<Step> steps;
  /// Stable words: makerExpiredLater, crlOutdated … and the names of deviations, also those that a strict check
  /// refuses.
  std::vector<std::string> notes;
};

}  // namespace sealferry::seal
