// SPDX-License-Identifier: Apache-2.0
#include "plan.h"

#include <algorithm>

#include "across.h"
#include "keyword.h"
#include "open.h"
#include "unicode.h"

namespace sealferry::pdf {
namespace {

using document::Placement;
using document::StampRequest;

constexpr std::size_t mostMarks = 2000;
constexpr std::size_t longestKeyword = 200;  // bytes
constexpr unsigned pagesAtOnce = 32;

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

/// Nothing was found and nothing is at fault where no mark was added.
Result<void> addWordsOn(const Page& page, unsigned number, const StampRequest& request, Fonts& fonts,
                        std::vector<Mark>& marks) {
  for (const auto& place : findWords(textOfPage(page, fonts), fromUtf8(request.keyword->text))) {
    auto wanted = toShown(page, place);
    wanted.widthMm = request.picture.widthMm;
    wanted.heightMm = request.picture.heightMm;
    const auto area = fitOn(page, wanted, request.keyword->clamp);
    if (!area) return passOn(area);
    if (marks.size() >= mostMarks) return badRequest("pages");
    marks.push_back({page, number, *area, {}});
    if (!request.keyword->all) return {};
  }
  return {};
}

Result<void> addWords(const PageTree& tree, const StampRequest& request, std::vector<Mark>& marks) {
  const auto& keyword = *request.keyword;
  if (keyword.text.size() > longestKeyword || folded(fromUtf8(keyword.text)).empty()) return badRequest("keyword");
  Fonts fonts;
  const auto before = marks.size();
  for (unsigned first = 1; first <= tree.count(); first += pagesAtOnce) {
    const auto last = std::min(tree.count(), first + pagesAtOnce - 1);
    const auto pages = tree.find(*tree.numbersIn({first, last}, pagesAtOnce));
    if (!pages) return passOn(pages);
    for (unsigned i = 0; i < pages->size(); ++i) {
      if (const auto done = addWordsOn((*pages)[i], first + i, request, fonts, marks); !done) return done;
      if (!keyword.all && marks.size() > before) return {};
    }
  }
  if (marks.size() == before) return fail(ErrorCode::keyword_not_found, "pdf");
  return {};
}

}  // namespace

Result<std::vector<Mark>> planMarks(const PageTree& tree, const StampRequest& request) {
  std::vector<Mark> marks;
  for (const auto& placement : request.placements)
    if (const auto added = addPlacement(tree, request, placement, marks); !added) return passOn(added);
  if (request.keyword)
    if (const auto added = addWords(tree, request, marks); !added) return passOn(added);
  if (request.across)
    if (const auto added = addAcross(tree, request, marks); !added) return passOn(added);
  if (marks.empty()) return badRequest("placements");
  return marks;
}

}  // namespace sealferry::pdf
