// SPDX-License-Identifier: Apache-2.0
#include "plan.h"

#include "across.h"
#include "open.h"

namespace sealferry::pdf {
namespace {

using document::Placement;
using document::StampRequest;

constexpr std::size_t mostMarks = 2000;

Result<void> addPlacement(const PageTree& tree, const StampRequest& request, const Placement& placement,
                          std::vector<Mark>& marks) {
  const auto numbers = tree.numbersIn(placement.pages, mostMarks - marks.size());
  if (!numbers) return passOn(numbers);
  const auto pages = tree.find(*numbers);
  if (!pages) return passOn(pages);
  const Area wanted{placement.xMm, placement.yMm, request.picture.widthMm, request.picture.heightMm};
  for (std::size_t i = 0; i < pages->size(); ++i) {
    const auto area = fitOn((*pages)[i], wanted, placement.clamp);
    if (!area) return passOn(area);
    marks.push_back({(*pages)[i], (*numbers)[i], *area, {}});
  }
  return {};
}

Result<void> addAcross(const PageTree& tree, const StampRequest& request, std::vector<Mark>& marks) {
  const auto numbers = tree.numbersIn(request.across->pages, mostMarks - marks.size());
  if (!numbers) return passOn(numbers);
  const auto pages = tree.find(*numbers);
  if (!pages) return passOn(pages);
  const auto slices = cutAcross(*pages, *numbers, request.picture, *request.across);
  if (!slices) return passOn(slices);
  marks.insert(marks.end(), slices->begin(), slices->end());
  return {};
}

}  // namespace

Result<std::vector<Mark>> planMarks(const PageTree& tree, const StampRequest& request) {
  std::vector<Mark> marks;
  for (const auto& placement : request.placements)
    if (const auto added = addPlacement(tree, request, placement, marks); !added) return passOn(added);
  if (request.across)
    if (const auto added = addAcross(tree, request, marks); !added) return passOn(added);
  if (marks.empty()) return badRequest("placements");
  return marks;
}

}  // namespace sealferry::pdf
