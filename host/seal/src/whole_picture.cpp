// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <iterator>

#include "seal/picture.h"

namespace sealferry::seal {
namespace {

/// Walks over a file. Whatever goes past its end stays there, and `failed` tells.
class Walk {
 public:
  explicit Walk(ByteView data) : data_(data) {}
  void skip(std::uint64_t count) {
    failed_ = failed_ || count > data_.size() - at_;
    if (!failed_) at_ += static_cast<std::size_t>(count);
  }
  std::uint64_t bigEndian(int count) {
    std::uint64_t value = 0;
    for (int i = 0; i < count; ++i) value = value << 8 | byte();
    return value;
  }
  std::uint64_t littleEndian(int count) {
    std::uint64_t value = 0;
    for (int i = 0; i < count; ++i) value |= std::uint64_t{byte()} << (8 * i);
    return value;
  }
  std::uint8_t byte() {
    failed_ = failed_ || at_ == data_.size();
    return failed_ ? std::uint8_t{0} : data_[at_++];
  }
  ByteView rest() const { return data_.subspan(at_); }
  bool failed() const { return failed_; }

 private:
  ByteView data_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

/// ISO 15948: chunks, of which at least one is IDAT, until IEND.
bool isWholePng(ByteView data) {
  constexpr std::uint64_t idat = 0x49444154, iend = 0x49454e44;
  Walk walk(data);
  walk.skip(8);
  bool pixels = false;
  while (!walk.failed()) {
    const auto length = walk.bigEndian(4), type = walk.bigEndian(4);
    walk.skip(length + 4);  // and the CRC
    if (type == iend) return pixels && !walk.failed();
    pixels = pixels || type == idat;
  }
  return false;
}

/// Sub-blocks, until the empty one.
void skipBlocks(Walk& walk) {
  while (const auto size = walk.byte()) walk.skip(size);
}

void skipColours(Walk& walk, std::uint8_t flags) {
  if ((flags & 0x80) != 0) walk.skip(3U << ((flags & 7U) + 1));
}

/// GIF89a: the first image. Viewers show it whether or not a trailer comes behind.
bool isWholeGif(ByteView data) {
  constexpr std::uint8_t extension = 0x21, image = 0x2c;
  Walk walk(data);
  walk.skip(10);
  const auto screen = walk.byte();
  walk.skip(2);
  skipColours(walk, screen);
  while (!walk.failed()) {
    const auto block = walk.byte();
    if (block != extension && block != image) return false;
    if (block == extension) {
      walk.skip(1);
      skipBlocks(walk);
      continue;
    }
    walk.skip(8);
    skipColours(walk, walk.byte());
    walk.skip(1);  // the code's least size
    const bool empty = !walk.rest().empty() && walk.rest().front() == 0;
    skipBlocks(walk);
    return !walk.failed() && !empty;
  }
  return false;
}

/// ITU-T T.81 annex B: segments to the first scan, and an end of image somewhere behind it.
bool isWholeJpeg(ByteView data) {
  constexpr std::uint8_t startOfScan = 0xda, endOfImage = 0xd9, fill = 0xff;
  Walk walk(data);
  walk.skip(2);
  while (!walk.failed()) {
    if (walk.byte() != 0xff) return false;
    auto marker = walk.byte();
    while (marker == fill && !walk.failed()) marker = walk.byte();
    const auto length = walk.bigEndian(2);
    if (length < 2) return false;
    walk.skip(length - 2);
    if (marker != startOfScan) continue;
    const auto scan = walk.rest();
    constexpr std::uint8_t end[] = {0xff, endOfImage};
    return !walk.failed() && std::search(scan.begin(), scan.end(), std::begin(end), std::end(end)) != scan.end();
  }
  return false;
}

/// The rows of pixels, where they are not packed; of packed ones, that they begin.
bool isWholeBmp(ByteView data) {
  constexpr std::uint64_t coreHeader = 12, plain = 0, bitFields = 3, alphaBitFields = 6;
  Walk walk(data);
  walk.skip(10);
  const auto pixels = walk.littleEndian(4), header = walk.littleEndian(4);
  const int size = header == coreHeader ? 2 : 4;
  const auto width = walk.littleEndian(size), signedHeight = walk.littleEndian(size);
  const auto height = size == 4 && signedHeight > 0x7fffffff ? 0x100000000 - signedHeight : signedHeight;
  walk.skip(2);  // planes
  const auto bits = walk.littleEndian(2);
  const auto packing = header == coreHeader ? plain : walk.littleEndian(4);
  if (walk.failed() || bits == 0 || pixels >= data.size()) return false;
  if (packing != plain && packing != bitFields && packing != alphaBitFields) return true;
  return (width * bits + 31) / 32 * 4 * height <= data.size() - pixels;
}

}  // namespace

bool isWholePicture(ByteView data, PictureKind kind) {
  switch (kind) {
    case PictureKind::png:
      return isWholePng(data);
    case PictureKind::jpeg:
      return isWholeJpeg(data);
    case PictureKind::gif:
      return isWholeGif(data);
    case PictureKind::bmp:
      return isWholeBmp(data);
    case PictureKind::ofd:
      break;
  }
  return true;
}

}  // namespace sealferry::seal
