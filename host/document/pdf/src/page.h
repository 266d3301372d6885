// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "base/result.h"
#include "document/stamp.h"

namespace sealferry::pdf {

/// A page with what it inherits: the box that is shown, in default user space units, and its rotation.
struct Page {
  QPDFObjectHandle object;
  double left = 0, bottom = 0, right = 0, top = 0;
  int rotation = 0;     ///< 0, 90, 180, 270: clockwise, as displayed
  double userUnit = 1;  ///< in 1/72 inch
};

/// Page `number` (from 1), found through /Count without resolving the pages before it. bad_request if there is none.
Result<Page> findPage(QPDF& pdf, unsigned number);

/// Where the picture lies in user space.
struct Rectangle {
  double left, bottom, right, top;
};
/// From mm on the page as displayed. stamp_does_not_fit if it is larger than the page, or would leave it and may not be
/// moved.
Result<Rectangle> placeOn(const Page& page, const document::Picture& picture, const document::Placement& placement);

}  // namespace sealferry::pdf
