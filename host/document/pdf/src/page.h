// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <qpdf/QPDFObjectHandle.hh>

#include "base/result.h"

namespace sealferry::pdf {

/// A page with what it inherits: the box that is shown, in default user space units, and its rotation.
struct Page {
  QPDFObjectHandle object;
  double left = 0, bottom = 0, right = 0, top = 0;
  int rotation = 0;            ///< 0, 90, 180, 270: clockwise, as displayed
  double userUnit = 1;         ///< in 1/72 inch
  QPDFObjectHandle resources;  ///< not initialized if there are none
  bool shared = false;         ///< the tree shows it in two places
};

/// What a page inherits on the way down (ISO 32000-1 §7.7.3.4).
struct Inherited {
  QPDFObjectHandle mediaBox, cropBox, rotate, resources;
  void take(QPDFObjectHandle node);
};

/// document_unreadable if the page has no box to lie in.
Result<Page> completePage(QPDFObjectHandle object, const Inherited& inherited);

}  // namespace sealferry::pdf
