// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "page.h"

namespace sealferry::pdf {

/// On a page as it is displayed: the centre in mm from the top left corner, and the size.
struct Area {
  double xMm, yMm, widthMm, heightMm;
};

/// In default user space.
struct Rectangle {
  double left, bottom, right, top;
};

constexpr double pointsPerMm = 72 / 25.4;

/// The page as displayed, from its top left corner.
Area shownArea(const Page& page);
/// The area on the page: moved inwards where it would leave it and may be moved. stamp_does_not_fit with reason
/// pageTooSmall or outside; a stamp is never made smaller.
Result<Area> fitOn(const Page& page, Area wanted, bool clamp);
Rectangle toUserSpace(const Page& page, const Area& area);
/// Back: what a rectangle of user space is on the page as displayed.
Area toShown(const Page& page, const Rectangle& rectangle);

}  // namespace sealferry::pdf
