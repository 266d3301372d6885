// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string_view>

namespace sealferry::document {

/// A stable name of a report, and what it means.
struct FindingWords {
  std::string_view name, chinese, english;
};
/// All of report.def.
std::span<const FindingWords> findingWords();
/// For a name, or for the part before its dot; nullptr if it is not known.
const FindingWords* wordsOf(std::string_view name);

}  // namespace sealferry::document
