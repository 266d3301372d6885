// SPDX-License-Identifier: Apache-2.0
#include "page.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "open.h"

namespace sealferry::pdf {
namespace {

struct PageBox {
  double left, bottom, right, top;
};

std::optional<PageBox> readBox(QPDFObjectHandle array) {
  if (!array.isInitialized() || !array.isArray() || array.getArrayNItems() != 4) return std::nullopt;
  double n[4];
  for (int i = 0; i < 4; ++i) {
    auto item = array.getArrayItem(i);
    if (!item.isNumber()) return std::nullopt;
    n[i] = item.getNumericValue();
    if (!std::isfinite(n[i])) return std::nullopt;
  }
  return PageBox{std::min(n[0], n[2]), std::min(n[1], n[3]), std::max(n[0], n[2]), std::max(n[1], n[3])};
}

PageBox common(const PageBox& one, const PageBox& other) {
  return {std::max(one.left, other.left), std::max(one.bottom, other.bottom), std::min(one.right, other.right),
          std::min(one.top, other.top)};
}

bool isLargeEnough(const PageBox& box) { return box.right - box.left >= 1 && box.top - box.bottom >= 1; }

int normal(QPDFObjectHandle rotate) {
  if (!rotate.isInitialized() || !rotate.isInteger()) return 0;
  const auto quarter = rotate.getIntValue() % 360;
  return static_cast<int>((quarter + 360) % 360) / 90 * 90;
}

}  // namespace

void Inherited::take(QPDFObjectHandle node) {
  for (auto [name, to] : {std::pair("/MediaBox", &mediaBox), std::pair("/CropBox", &cropBox),
                          std::pair("/Rotate", &rotate), std::pair("/Resources", &resources)})
    if (node.hasKey(name)) *to = node.getKey(name);
}

Result<Page> completePage(QPDFObjectHandle object, const Inherited& inherited) {
  if (!object.isDictionary() || !object.isIndirect()) return unreadable("page");
  auto box = readBox(inherited.mediaBox);
  if (!box || !isLargeEnough(*box)) return unreadable("mediaBox");
  if (const auto crop = readBox(inherited.cropBox))
    if (const auto both = common(*box, *crop); both.right > both.left && both.top > both.bottom) box = both;
  if (!isLargeEnough(*box)) return unreadable("mediaBox");
  auto unit = object.getKey("/UserUnit");
  const double scale = unit.isNumber() && unit.getNumericValue() > 0 ? unit.getNumericValue() : 1;
  return Page{object, box->left,           box->bottom, box->right, box->top, normal(inherited.rotate),
              scale,  inherited.resources, false};
}

}  // namespace sealferry::pdf
