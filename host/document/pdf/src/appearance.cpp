// SPDX-License-Identifier: Apache-2.0
#include "appearance.h"

#include "image.h"
#include "letters.h"
#include "number.h"

namespace sealferry::pdf {
namespace {

/// Turned against the page, so that it stands upright once the page is turned for display.
std::string matrixFor(int rotation) {
  switch (rotation) {
    case 90:
      return "[0 1 -1 0 0 0]";
    case 180:
      return "[-1 0 0 -1 0 0]";
    case 270:
      return "[0 -1 1 0 0 0]";
    default:
      return "[1 0 0 1 0 0]";
  }
}

/// The strip as /BBox: what lies outside of it is not drawn (ISO 32000-1 §8.10.2).
std::string boxOf(const Slice& slice, double width, double height) {
  const double step = (slice.down ? height : width) / slice.of;
  if (slice.down) return numbers({0, height - step * (slice.index + 1), width, height - step * slice.index});
  return numbers({step * slice.index, 0, step * (slice.index + 1), height});
}

}  // namespace

Result<int> Appearances::of(Increment& increment, const Mark& mark) {
  const double scale = pointsPerMm / mark.page.userUnit;
  const double width = picture_.widthMm * scale, height = picture_.heightMm * scale;
  const double boxWidth = mark.captioned ? mark.box.widthMm * scale : width;
  const double below = mark.captioned ? caption_.heightMm * scale : 0;
  const auto look =
      "/BBox " + boxOf(mark.slice, boxWidth, height + below) + " /Matrix " + matrixFor(mark.page.rotation);
  if (const auto known = forms_.find(look); known != forms_.end()) return known->second;
  if (!image_) {
    const auto image = addImage(increment, picture_.data, conformance_);
    if (!image) return image;
    image_ = *image;
  }
  auto content = "q " + number(width) + " 0 0 " + number(height) + " " + number((boxWidth - width) / 2) + " " +
                 number(below) + " cm /Seal Do Q";
  if (mark.captioned && !letters_) letters_ = addLetters(increment, caption_);
  if (mark.captioned) content += drawnLetters(caption_, boxWidth, scale, conformance_);
  return forms_[look] = increment.addStream(
             "/Type /XObject /Subtype /Form /FormType 1 " + look + " /Resources <<" + resourcesOf(mark) + ">>",
             copyOf(viewOf(content)));
}

std::string Appearances::resourcesOf(const Mark& mark) const {
  auto text = "/XObject <</Seal " + reference(*image_) + ">>";
  if (mark.captioned) text += " /Font <</Letters " + reference(*letters_) + ">>";
  if (mark.captioned && conformance_.wantsCalibratedColour())
    text += " /ColorSpace <</Ink " + std::string(calibratedGray) + ">>";
  return text;
}

}  // namespace sealferry::pdf
