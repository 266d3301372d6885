// SPDX-License-Identifier: Apache-2.0
#include "seal/verdict.h"

namespace sealferry::seal {

std::string_view nameOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::valid:
      return "valid";
    case Outcome::validWithNote:
      return "valid-with-note";
    case Outcome::invalid:
      return "invalid";
    case Outcome::unreadable:
      break;
  }
  return "unreadable";
}

std::string_view nameOf(StepResult result) {
  switch (result) {
    case StepResult::passed:
      return "passed";
    case StepResult::note:
      return "note";
    case StepResult::failed:
      break;
  }
  return "failed";
}

}  // namespace sealferry::seal
