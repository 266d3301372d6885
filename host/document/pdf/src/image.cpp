// SPDX-License-Identifier: Apache-2.0
#include "image.h"

#include <algorithm>
#include <optional>

#include "deflate.h"
#include "open.h"
#include "picture/pixels.h"

namespace sealferry::pdf {
namespace {

std::string imageMembers(unsigned width, unsigned height, std::string_view space) {
  return "/Type /XObject /Subtype /Image /Width " + std::to_string(width) + " /Height " + std::to_string(height) +
         " /BitsPerComponent 8 /ColorSpace " + std::string(space);
}

/// sRGB as far as /CalRGB can say it (ISO 32000-1 §8.6.5.3): colour that needs no output intent.
constexpr std::string_view calibratedRgb =
    "[/CalRGB <</WhitePoint [0.9505 1 1.089] /Gamma [2.2 2.2 2.2] /Matrix [0.4124 0.2126 0.0193 0.3576 0.7152 0.1192 "
    "0.1805 0.0722 0.9505]>>]";
std::string_view rgbIn(const Conformance& conformance) {
  return conformance.wantsCalibratedColour() ? calibratedRgb : "/DeviceRGB";
}

/// Upon white paper.
std::uint8_t opaque(std::uint8_t colour, std::uint8_t opacity) {
  return static_cast<std::uint8_t>((colour * opacity + 255 * (255 - opacity)) / 255);
}

int addPixels(Increment& increment, const picture::Pixels& pixels, const Conformance& conformance) {
  Bytes colour, alpha;
  const auto count = pixels.rgba.size() / 4;
  const bool paper = conformance.forbidsTransparency();
  colour.reserve(count * 3);
  alpha.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto* pixel = pixels.rgba.data() + i * 4;
    for (int k = 0; k < 3; ++k) colour.push_back(paper ? opaque(pixel[k], pixel[3]) : pixel[k]);
    alpha.push_back(pixel[3]);
  }
  std::string mask;
  if (!paper && !std::ranges::all_of(alpha, [](auto value) { return value == 255; }))
    mask = " /SMask " +
           reference(increment.addStream(
               imageMembers(pixels.width, pixels.height, "/DeviceGray") + " /Filter /FlateDecode", deflate(alpha)));
  return increment.addStream(
      imageMembers(pixels.width, pixels.height, rgbIn(conformance)) + mask + " /Filter /FlateDecode", deflate(colour));
}

struct JpegHead {
  unsigned width, height, components;
};

/// The frame header (ITU-T T.81 B.2.2): SOF0 to SOF2, which readers of PDF take.
std::optional<JpegHead> readJpegHead(ByteView data) {
  std::size_t at = 2;
  while (at + 9 < data.size() && data[at] == 0xFF) {
    const auto marker = data[at + 1];
    const std::size_t length = static_cast<std::size_t>(data[at + 2]) << 8 | data[at + 3];
    if (marker >= 0xC0 && marker <= 0xC2)
      return JpegHead{static_cast<unsigned>(data[at + 7] << 8 | data[at + 8]),
                      static_cast<unsigned>(data[at + 5] << 8 | data[at + 6]), data[at + 9]};
    if (length < 2) return std::nullopt;
    at += 2 + length;
  }
  return std::nullopt;
}

std::optional<int> addJpeg(Increment& increment, ByteView data, const Conformance& conformance) {
  const auto head = readJpegHead(data);
  if (!head || head->width == 0 || head->height == 0 || head->width > picture::largestSide ||
      head->height > picture::largestSide)
    return std::nullopt;
  if (head->components != 1 && head->components != 3) return std::nullopt;
  const auto gray = conformance.wantsCalibratedColour() ? calibratedGray : std::string_view("/DeviceGray");
  const auto space = head->components == 1 ? gray : rgbIn(conformance);
  return increment.addStream(imageMembers(head->width, head->height, space) + " /Filter /DCTDecode", copyOf(data));
}

bool beginsWith(ByteView data, std::initializer_list<std::uint8_t> magic) {
  return data.size() >= magic.size() && std::equal(magic.begin(), magic.end(), data.begin());
}

}  // namespace

/// A JPEG goes in as it is, if readers of PDF know its kind; anything else is decoded.
Result<int> addImage(Increment& increment, ByteView picture, const Conformance& conformance) {
  if (beginsWith(picture, {0xFF, 0xD8}))
    if (const auto number = addJpeg(increment, picture, conformance)) return *number;
  if (const auto pixels = picture::decode(picture)) return addPixels(increment, *pixels, conformance);
  return refuse(ErrorCode::seal_invalid, "picture");
}

}  // namespace sealferry::pdf
