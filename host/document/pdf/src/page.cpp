// SPDX-License-Identifier: Apache-2.0
#include "page.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "open.h"

namespace sealferry::pdf {
namespace {

constexpr int deepestTree = 64;
constexpr double pointsPerMm = 72 / 25.4;

struct Box {
  double left, bottom, right, top;
};

std::optional<Box> readBox(QPDFObjectHandle array) {
  if (!array.isArray() || array.getArrayNItems() != 4) return std::nullopt;
  double n[4];
  for (int i = 0; i < 4; ++i) {
    auto item = array.getArrayItem(i);
    if (!item.isNumber()) return std::nullopt;
    n[i] = item.getNumericValue();
    if (!std::isfinite(n[i])) return std::nullopt;
  }
  return Box{std::min(n[0], n[2]), std::min(n[1], n[3]), std::max(n[0], n[2]), std::max(n[1], n[3])};
}

/// What a page inherits on the way down (ISO 32000-1 §7.7.3.4).
struct Inherited {
  QPDFObjectHandle mediaBox, cropBox, rotate;
  void take(QPDFObjectHandle node) {
    for (auto [name, to] :
         {std::pair("/MediaBox", &mediaBox), std::pair("/CropBox", &cropBox), std::pair("/Rotate", &rotate)})
      if (node.hasKey(name)) *to = node.getKey(name);
  }
};

bool isTreeNode(QPDFObjectHandle node) { return node.isDictionary() && node.getKey("/Kids").isArray(); }

long long pagesIn(QPDFObjectHandle node) {
  if (!isTreeNode(node)) return 1;
  auto count = node.getKey("/Count");
  return count.isInteger() ? count.getIntValue() : -1;
}

int normal(QPDFObjectHandle rotate) {
  if (!rotate.isInitialized() || !rotate.isInteger()) return 0;
  const auto quarter = rotate.getIntValue() % 360;
  return static_cast<int>((quarter + 360) % 360) / 90 * 90;
}

Result<Page> complete(QPDFObjectHandle object, const Inherited& inherited) {
  if (!object.isDictionary() || !object.isIndirect()) return unreadable("page");
  const auto media = inherited.mediaBox.isInitialized() ? readBox(inherited.mediaBox) : std::nullopt;
  if (!media) return unreadable("mediaBox");
  auto box = *media;
  const auto crop = inherited.cropBox.isInitialized() ? readBox(inherited.cropBox) : std::nullopt;
  if (crop) {
    const Box both{std::max(box.left, crop->left), std::max(box.bottom, crop->bottom), std::min(box.right, crop->right),
                   std::min(box.top, crop->top)};
    if (both.right > both.left && both.top > both.bottom) box = both;
  }
  if (box.right - box.left < 1 || box.top - box.bottom < 1) return unreadable("mediaBox");
  auto unit = object.getKey("/UserUnit");
  const double scale = unit.isNumber() && unit.getNumericValue() > 0 ? unit.getNumericValue() : 1;
  return Page{object, box.left, box.bottom, box.right, box.top, normal(inherited.rotate), scale};
}

/// The kid that holds the wanted page; `left` becomes the number of pages to go inside it.
Result<QPDFObjectHandle> descend(QPDFObjectHandle node, long long& left) {
  auto kids = node.getKey("/Kids");
  for (int i = 0; i < kids.getArrayNItems(); ++i) {
    auto kid = kids.getArrayItem(i);
    const auto count = pagesIn(kid);
    if (!kid.isDictionary() || count < 0) return unreadable("pageTree");
    if (left < count) return kid;
    left -= count;
  }
  return unreadable("pageTree");
}

/// A tree that leads back into itself shows one page here and another there. Looked at as far as it costs little: the
/// pages of very long documents are found without resolving the others.
class TreeWalk {
 public:
  bool isSane(QPDFObjectHandle node) { return visit(node, 0); }

 private:
  bool visit(QPDFObjectHandle node, int depth) {
    if (depth > deepestTree) return false;
    if (!isTreeNode(node) || ++seen_ > mostNodes) return true;
    if (node.isIndirect() && !path_.insert(node.getObjGen()).second) return false;
    auto kids = node.getKey("/Kids");
    for (int i = 0; i < kids.getArrayNItems() && seen_ <= mostNodes; ++i) {
      auto kid = kids.getArrayItem(i);
      ++seen_;
      if (!kid.isDictionary() || !visit(kid, depth + 1)) return false;
    }
    path_.erase(node.getObjGen());
    return true;
  }

  static constexpr int mostNodes = 2000;
  int seen_ = 0;
  std::set<QPDFObjGen> path_;
};

}  // namespace

Result<Page> findPage(QPDF& pdf, unsigned number) {
  auto node = pdf.getRoot().getKey("/Pages");
  long long left = static_cast<long long>(number) - 1;
  if (!node.isDictionary() || !TreeWalk().isSane(node)) return unreadable("pageTree");
  if (left < 0 || left >= pagesIn(node)) return refuse(ErrorCode::bad_request, "page");
  Inherited inherited;
  for (int depth = 0; depth < deepestTree; ++depth) {
    inherited.take(node);
    if (!isTreeNode(node)) return complete(node, inherited);
    const auto kid = descend(node, left);
    if (!kid) return passOn(kid);
    node = *kid;
  }
  return unreadable("pageTree");
}

Result<Rectangle> placeOn(const Page& page, const document::Picture& picture, const document::Placement& placement) {
  const double scale = pointsPerMm / page.userUnit;
  const double pageWidth = page.right - page.left, pageHeight = page.top - page.bottom;
  const bool turned = page.rotation == 90 || page.rotation == 270;
  const double shownWidth = turned ? pageHeight : pageWidth, shownHeight = turned ? pageWidth : pageHeight;
  const double width = picture.widthMm * scale, height = picture.heightMm * scale;
  if (!(width > 0 && height > 0) || width > shownWidth || height > shownHeight)
    return refuse(ErrorCode::stamp_does_not_fit, "pageTooSmall");
  const double x = std::clamp(placement.xMm * scale, width / 2, shownWidth - width / 2);
  const double y = std::clamp(placement.yMm * scale, height / 2, shownHeight - height / 2);
  const bool moved = std::abs(x - placement.xMm * scale) > 0.01 || std::abs(y - placement.yMm * scale) > 0.01;
  if (moved && !placement.clamp) return refuse(ErrorCode::stamp_does_not_fit, "outside");

  // From the displayed page's top left corner back to user space: /Rotate turns clockwise (ISO 32000-1 table 30).
  double centreX = page.left + x, centreY = page.top - y;
  if (page.rotation == 90) {
    centreX = page.left + y;
    centreY = page.bottom + x;
  } else if (page.rotation == 180) {
    centreX = page.right - x;
    centreY = page.bottom + y;
  } else if (page.rotation == 270) {
    centreX = page.right - y;
    centreY = page.top - x;
  }
  const double halfX = (turned ? height : width) / 2, halfY = (turned ? width : height) / 2;
  return Rectangle{centreX - halfX, centreY - halfY, centreX + halfX, centreY + halfY};
}

}  // namespace sealferry::pdf
