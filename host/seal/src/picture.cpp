// SPDX-License-Identifier: Apache-2.0
#include "seal/picture.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>

namespace sealferry::seal {
namespace {

constexpr unsigned largestSide = 4096;

struct Size {
  unsigned long width, height;
};

unsigned long bigEndian(ByteView bytes, std::size_t at, std::size_t count) {
  unsigned long value = 0;
  for (std::size_t i = 0; i < count; ++i) value = value << 8 | bytes[at + i];
  return value;
}

unsigned long littleEndian(ByteView bytes, std::size_t at, std::size_t count) {
  unsigned long value = 0;
  for (std::size_t i = count; i-- > 0;) value = value << 8 | bytes[at + i];
  return value;
}

bool begins(ByteView data, std::string_view magic) {
  return data.size() >= magic.size() &&
         std::equal(magic.begin(), magic.end(), data.begin(),
                    [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; });
}

/// PNG (ISO 15948): signature, then IHDR as the first chunk.
std::optional<Size> pngSize(ByteView data) {
  if (data.size() < 33 || bigEndian(data, 8, 4) != 13 || !begins(data.subspan(12), "IHDR")) return std::nullopt;
  return Size{bigEndian(data, 16, 4), bigEndian(data, 20, 4)};
}

std::optional<Size> gifSize(ByteView data) {
  if (data.size() < 13) return std::nullopt;
  return Size{littleEndian(data, 6, 2), littleEndian(data, 8, 2)};
}

/// A BMP's height may be negative: rows from the top.
std::optional<Size> bmpSize(ByteView data) {
  if (data.size() < 26) return std::nullopt;
  const auto headerSize = littleEndian(data, 14, 4);
  if (headerSize == 12) return Size{littleEndian(data, 18, 2), littleEndian(data, 20, 2)};
  if (headerSize < 40) return std::nullopt;
  const auto height = littleEndian(data, 22, 4);
  return Size{littleEndian(data, 18, 4), height > 0x7fffffff ? 0x100000000 - height : height};
}

/// SOF0 to SOF15 without DHT, JPG and DAC, which share the range (ITU-T T.81 table B.1).
bool isFrameHeader(std::uint8_t marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/// Walks the segments to the frame header.
std::optional<Size> jpegSize(ByteView data) {
  std::size_t at = 2;
  while (at + 9 <= data.size()) {
    if (data[at] != 0xff) return std::nullopt;
    const auto marker = data[at + 1];
    if (marker == 0xff) {
      ++at;  // fill byte
      continue;
    }
    if (isFrameHeader(marker)) return Size{bigEndian(data, at + 7, 2), bigEndian(data, at + 5, 2)};
    const auto length = bigEndian(data, at + 2, 2);
    if (length < 2 || marker == 0xd9 || marker == 0xda) return std::nullopt;
    at += 2 + length;
  }
  return std::nullopt;
}

/// An OFD package, which some seals hold in the place of a picture, is a ZIP (GB/T 33190); more is not looked at, and
/// nothing of it is ever shown. It has no pixels.
std::optional<Size> ofdSize(ByteView data) {
  constexpr std::size_t localHeader = 30;
  if (data.size() < localHeader) return std::nullopt;
  return Size{0, 0};
}

struct Format {
  PictureKind kind;
  std::string_view magic;
  std::string_view mediaType;
  std::optional<Size> (*size)(ByteView);
};

constexpr std::array formats{
    Format{PictureKind::png, "\x89PNG\r\n\x1a\n", "image/png", pngSize},
    Format{PictureKind::jpeg, "\xff\xd8\xff", "image/jpeg", jpegSize},
    Format{PictureKind::gif, "GIF87a", "image/gif", gifSize},
    Format{PictureKind::gif, "GIF89a", "image/gif", gifSize},
    Format{PictureKind::bmp, "BM", "image/bmp", bmpSize},
    Format{PictureKind::ofd, std::string_view("PK\x03\x04", 4), "application/ofd", ofdSize},
};

tl::unexpected<Error> bad(std::string reason) {
  return tl::unexpected<Error>(
      Error{ErrorCode::seal_invalid, "inspectPicture", 0, {}, {{"reason", std::move(reason)}}});
}

}  // namespace

std::string_view mediaType(PictureKind kind) { return std::ranges::find(formats, kind, &Format::kind)->mediaType; }

Result<PictureInfo> inspectPicture(ByteView data) {
  const auto format = std::ranges::find_if(formats, [&](const Format& one) { return begins(data, one.magic); });
  if (format == formats.end()) return bad("pictureUnknown");
  const auto size = format->size(data);
  const bool hasPixels = format->kind != PictureKind::ofd;
  if (!size || (hasPixels && (size->width == 0 || size->height == 0))) return bad("pictureMalformed");
  if (size->width > largestSide || size->height > largestSide) return bad("pictureTooLarge");
  return PictureInfo{format->kind, static_cast<unsigned>(size->width), static_cast<unsigned>(size->height)};
}

bool declares(std::string_view declaredType, PictureKind kind) {
  std::string type(declaredType);
  std::ranges::transform(type, type.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  switch (kind) {
    case PictureKind::png:
      return type == "png";
    case PictureKind::jpeg:
      return type == "jpg" || type == "jpeg";
    case PictureKind::gif:
      return type == "gif";
    case PictureKind::bmp:
      return type == "bmp";
    case PictureKind::ofd:
      break;
  }
  return type == "ofd";
}

}  // namespace sealferry::seal
