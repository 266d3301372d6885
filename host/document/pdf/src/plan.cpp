// SPDX-License-Identifier: Apache-2.0
#include "plan.h"

#include <algorithm>
#include <map>

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

/// What one stamp is like, wherever it goes.
struct StampLook {
  const StampRequest& request;
  const Caption& caption;
};

/// The picture with its centre there. It is moved, or does not fit, together with the words under it.
Result<Mark> markAt(const Page& page, unsigned number, const StampLook& look, double xMm, double yMm, bool clamp) {
  const auto& picture = look.request.picture;
  Area area{xMm, yMm, picture.widthMm, picture.heightMm};
  const auto wanted = around(area, look.caption);
  const auto box = fitOn(page, wanted, clamp);
  if (!box) return passOn(box);
  area.xMm += box->xMm - wanted.xMm;
  area.yMm += box->yMm - wanted.yMm;
  return Mark{page, number, area, *box, {}, !look.caption.isEmpty()};
}

Result<void> addPlacement(const PageTree& tree, const StampLook& look, const Placement& placement,
                          std::vector<Mark>& marks) {
  const auto numbers = tree.numbersIn(placement.pages, mostMarks - marks.size());
  if (!numbers) return passOn(numbers);
  const auto pages = tree.find(*numbers);
  if (!pages) return passOn(pages);
  for (std::size_t i = 0; i < pages->size(); ++i) {
    const auto mark = markAt((*pages)[i], (*numbers)[i], look, placement.xMm, placement.yMm, placement.clamp);
    if (!mark) return passOn(mark);
    marks.push_back(*mark);
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
Result<void> addWordsOn(const Page& page, unsigned number, const StampLook& look, Fonts& fonts,
                        std::vector<Mark>& marks) {
  const auto& keyword = *look.request.keyword;
  for (const auto& place : findWords(textOfPage(page, fonts), fromUtf8(keyword.text))) {
    const auto words = toShown(page, place);
    const auto mark = markAt(page, number, look, words.xMm, words.yMm, keyword.clamp);
    if (!mark) return passOn(mark);
    if (marks.size() >= mostMarks) return badRequest("pages");
    marks.push_back(*mark);
    if (!keyword.all) return {};
  }
  return {};
}

Result<void> addWords(const PageTree& tree, const StampLook& look, std::vector<Mark>& marks) {
  const auto& keyword = *look.request.keyword;
  if (keyword.text.size() > longestKeyword || folded(fromUtf8(keyword.text)).empty()) return badRequest("keyword");
  Fonts fonts;
  const auto before = marks.size();
  for (unsigned first = 1; first <= tree.count(); first += pagesAtOnce) {
    const auto last = std::min(tree.count(), first + pagesAtOnce - 1);
    const auto pages = tree.find(*tree.numbersIn({first, last}, pagesAtOnce));
    if (!pages) return passOn(pages);
    for (unsigned i = 0; i < pages->size(); ++i) {
      if (const auto done = addWordsOn((*pages)[i], first + i, look, fonts, marks); !done) return done;
      if (!keyword.all && marks.size() > before) return {};
    }
  }
  if (marks.size() == before) return fail(ErrorCode::keyword_not_found, "pdf");
  return {};
}

/// A page is one object with one list of annotations: where the tree shows it in two places, a stamp for one of them is
/// seen in the other too, and nobody asked for that.
bool areSeenElsewhere(const std::vector<Mark>& marks) {
  std::map<QPDFObjGen, unsigned> numbers;
  return std::ranges::any_of(marks, [&](const Mark& mark) {
    const auto known = numbers.emplace(mark.page.object.getObjGen(), mark.number).first;
    return mark.page.shared || known->second != mark.number;
  });
}

}  // namespace

Result<std::vector<Mark>> planMarks(const PageTree& tree, const StampRequest& request, const Caption& caption) {
  const StampLook look{request, caption};
  std::vector<Mark> marks;
  for (const auto& placement : request.placements)
    if (const auto added = addPlacement(tree, look, placement, marks); !added) return passOn(added);
  if (request.keyword)
    if (const auto added = addWords(tree, look, marks); !added) return passOn(added);
  if (request.across)
    if (const auto added = addAcross(tree, request, marks); !added) return passOn(added);
  if (marks.empty()) return badRequest("placements");
  if (areSeenElsewhere(marks)) return unreadable("sharedPage");
  if (!caption.isEmpty() && std::ranges::none_of(marks, &Mark::captioned)) return badRequest("textLine");
  return marks;
}

}  // namespace sealferry::pdf
