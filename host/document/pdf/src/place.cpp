// SPDX-License-Identifier: Apache-2.0
#include "place.h"

#include <algorithm>
#include <cmath>

#include "matrix.h"
#include "open.h"

namespace sealferry::pdf {
namespace {

constexpr double tolerance = 0.001;  // mm

bool isTurned(const Page& page) { return page.rotation == 90 || page.rotation == 270; }

bool isMoved(double wanted, double got) { return std::abs(wanted - got) > tolerance; }

/// std::clamp, but for a range that rounding turned inside out.
double within(double value, double low, double high) { return std::clamp(value, low, std::max(low, high)); }

/// From the displayed page's top left corner (y downwards) to user space: /Rotate turns clockwise (ISO 32000-1 table
/// 30).
Point toUser(const Page& page, double x, double y) {
  switch (page.rotation) {
    case 90:
      return {page.left + y, page.bottom + x};
    case 180:
      return {page.right - x, page.bottom + y};
    case 270:
      return {page.right - y, page.top - x};
    default:
      return {page.left + x, page.top - y};
  }
}

Point fromUser(const Page& page, double x, double y) {
  switch (page.rotation) {
    case 90:
      return {y - page.bottom, x - page.left};
    case 180:
      return {page.right - x, y - page.bottom};
    case 270:
      return {page.top - y, page.right - x};
    default:
      return {x - page.left, page.top - y};
  }
}

}  // namespace

Area shownArea(const Page& page) {
  const double mmPerUnit = page.userUnit / pointsPerMm;
  double width = (page.right - page.left) * mmPerUnit, height = (page.top - page.bottom) * mmPerUnit;
  if (isTurned(page)) std::swap(width, height);
  return {width / 2, height / 2, width, height};
}

Result<Area> fitOn(const Page& page, Area wanted, bool clamp) {
  const auto shown = shownArea(page);
  if (!std::isfinite(wanted.xMm) || !std::isfinite(wanted.yMm)) return badRequest("placements");
  if (!(wanted.widthMm > 0 && wanted.heightMm > 0) || wanted.widthMm > shown.widthMm + tolerance ||
      wanted.heightMm > shown.heightMm + tolerance)
    return refuse(ErrorCode::stamp_does_not_fit, "pageTooSmall");
  auto area = wanted;
  area.xMm = within(wanted.xMm, wanted.widthMm / 2, shown.widthMm - wanted.widthMm / 2);
  area.yMm = within(wanted.yMm, wanted.heightMm / 2, shown.heightMm - wanted.heightMm / 2);
  if (!clamp && (isMoved(wanted.xMm, area.xMm) || isMoved(wanted.yMm, area.yMm)))
    return refuse(ErrorCode::stamp_does_not_fit, "outside");
  return area;
}

Rectangle toUserSpace(const Page& page, const Area& area) {
  const double scale = pointsPerMm / page.userUnit;
  const auto centre = toUser(page, area.xMm * scale, area.yMm * scale);
  double halfX = area.widthMm * scale / 2, halfY = area.heightMm * scale / 2;
  if (isTurned(page)) std::swap(halfX, halfY);
  return {centre.x - halfX, centre.y - halfY, centre.x + halfX, centre.y + halfY};
}

Area toShown(const Page& page, const Rectangle& rectangle) {
  const double mmPerUnit = page.userUnit / pointsPerMm;
  const auto centre = fromUser(page, (rectangle.left + rectangle.right) / 2, (rectangle.bottom + rectangle.top) / 2);
  double width = rectangle.right - rectangle.left, height = rectangle.top - rectangle.bottom;
  if (isTurned(page)) std::swap(width, height);
  return {centre.x * mmPerUnit, centre.y * mmPerUnit, width * mmPerUnit, height * mmPerUnit};
}

}  // namespace sealferry::pdf
