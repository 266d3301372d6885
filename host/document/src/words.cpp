// SPDX-License-Identifier: Apache-2.0
#include "document/words.h"

#include <algorithm>
#include <array>

namespace sealferry::document {
namespace {

#define SEALFERRY_FINDING(name, chinese, english) FindingWords{#name, chinese, english},
constexpr std::array all = {
#include "document/report.def"
};
#undef SEALFERRY_FINDING

}  // namespace

std::span<const FindingWords> findingWords() { return all; }

const FindingWords* wordsOf(std::string_view name) {
  const auto found = std::ranges::find(all, name, &FindingWords::name);
  if (found != all.end()) return &*found;
  const auto dot = name.find('.');
  return dot == std::string_view::npos ? nullptr : wordsOf(name.substr(0, dot));
}

}  // namespace sealferry::document
