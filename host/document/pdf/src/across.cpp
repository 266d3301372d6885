// SPDX-License-Identifier: Apache-2.0
#include "across.h"

#include <algorithm>
#include <cmath>

#include "open.h"

namespace sealferry::pdf {
namespace {

using document::Across;
using document::Edge;
using document::Picture;

constexpr std::size_t mostSlices = 64;
constexpr double narrowestSliceMm = 0.5;

bool isDown(Edge edge) { return edge == Edge::top || edge == Edge::bottom; }

/// Pages to one seal.
std::size_t largestGroup(const Picture& picture, bool down) {
  const double length = down ? picture.heightMm : picture.widthMm;
  if (!(length >= narrowestSliceMm)) return 0;
  return std::min(mostSlices, static_cast<std::size_t>(std::min(length / narrowestSliceMm, 1e6)));
}

Area sliceAt(const Page& page, const Picture& picture, const Across& across, unsigned of) {
  const auto shown = shownArea(page);
  const bool down = isDown(across.edge);
  Area area{0, 0, picture.widthMm / (down ? 1 : of), picture.heightMm / (down ? of : 1)};
  const double along = across.alongMm < 0 ? (down ? shown.xMm : shown.yMm) : across.alongMm;
  area.xMm = across.edge == Edge::right ? shown.widthMm - area.widthMm / 2 : area.widthMm / 2;
  area.yMm = across.edge == Edge::bottom ? shown.heightMm - area.heightMm / 2 : area.heightMm / 2;
  (down ? area.xMm : area.yMm) = along;
  return area;
}

}  // namespace

Result<std::vector<Mark>> cutAcross(const std::vector<Page>& pages, const std::vector<unsigned>& numbers,
                                    const Picture& picture, const Across& across) {
  if (!std::isfinite(across.alongMm)) return badRequest("across");
  if (pages.size() < 2) return refuse(ErrorCode::stamp_does_not_fit, "onePage");
  const auto largest = largestGroup(picture, isDown(across.edge));
  if (largest < 2) return refuse(ErrorCode::stamp_does_not_fit, "slices");
  const auto groups = (pages.size() + largest - 1) / largest;
  std::vector<Mark> marks;
  for (std::size_t group = 0; group < groups; ++group) {
    // Equal groups, so that no page is left alone with a whole seal.
    const auto first = pages.size() * group / groups, end = pages.size() * (group + 1) / groups;
    const auto of = static_cast<unsigned>(end - first);
    for (auto i = first; i < end; ++i) {
      const auto area = fitOn(pages[i], sliceAt(pages[i], picture, across, of), true);
      if (!area) return passOn(area);
      marks.push_back(
          {pages[i], numbers[i], *area, *area, {static_cast<unsigned>(i - first), of, isDown(across.edge)}});
    }
  }
  return marks;
}

}  // namespace sealferry::pdf
