// SPDX-License-Identifier: Apache-2.0
#include "compare.h"

#include <exception>

#include "step.h"

namespace sealferry::pdf {
namespace {

std::vector<document::Change> forbidden(std::string kind, std::string reason) {
  return {{std::move(kind), false, std::move(reason)}};
}

std::vector<document::Change> compared(Revision& before, Revision& after, const Permissions& permissions) {
  if (auto broken = brokenLink(after, before); !broken.empty())
    return forbidden(broken == "trailingBytes" ? "trailing" : "revision", broken);
  auto fates = difference(before, after);
  if (!fates) return forbidden("unknown", "tooManyChanges");
  std::set<int> numbers;
  for (const auto& [number, fate] : *fates) numbers.insert(number);
  auto found = referrers(before, numbers);
  if (!found) return forbidden("unknown", "tooManyChanges");
  Step step(before, after, *std::move(fates), permissions);
  step.referrers = *std::move(found);
  judgeTrailer(step);
  judgePages(step);
  judgeRest(step);
  return step.changes;
}

}  // namespace

std::vector<document::Change> changesBetween(Revision& before, Revision& after, const Permissions& permissions) {
  try {
    return compared(before, after, permissions);
  } catch (const std::exception&) {
    return forbidden("unknown", "revisionUnreadable");
  }
}

}  // namespace sealferry::pdf
