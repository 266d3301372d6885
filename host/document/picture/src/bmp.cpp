// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <bit>
#include <utility>

#include "bmp_runs.h"
#include "formats.h"

/// Windows bitmaps as programs that make seals write them: BITMAPCOREHEADER or BITMAPINFOHEADER and its successors,
/// palettes of 1, 4 and 8 bits, 16, 24 and 32 bits a pixel, plain, with masks or packed in runs.
namespace sealferry::picture {
namespace {

constexpr std::size_t fileHeader = 14, coreHeader = 12, infoHeader = 40;
constexpr std::uint32_t plain = 0, runsOf8 = 1, runsOf4 = 2, withMasks = 3;

std::uint32_t number(ByteView data, std::size_t at, std::size_t bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = bytes; i-- > 0;) value = value << 8 | data[at + i];
  return value;
}

struct Head {
  long long width = 0, height = 0;
  bool fromTop = false;
  unsigned bits = 0;
  std::uint32_t compression = plain, headerSize = 0, colours = 0;
  std::size_t pixelsAt = 0;
  std::size_t entry = 4;                    ///< bytes of a palette's entry
  std::array<std::uint32_t, 4> masks = {};  ///< red, green, blue, opacity
};

void readCore(ByteView data, Head& head) {
  head.width = number(data, 18, 2);
  head.height = number(data, 20, 2);
  head.bits = number(data, 24, 2);
  head.entry = 3;
}

void readInfo(ByteView data, Head& head) {
  head.width = static_cast<std::int32_t>(number(data, 18, 4));
  head.height = static_cast<std::int32_t>(number(data, 22, 4));
  head.fromTop = head.height < 0;
  if (head.fromTop) head.height = -head.height;
  head.bits = number(data, 28, 2);
  head.compression = number(data, 30, 4);
  head.colours = number(data, 46, 4);
}

/// The masks lie right behind the 40 bytes, be they counted to the header or not. Opacity belongs to longer headers.
bool readMasks(ByteView data, Head& head) {
  if (head.bits == 16) head.masks = {0x7c00, 0x03e0, 0x001f, 0};
  if (head.bits == 32) head.masks = {0xff0000, 0x00ff00, 0x0000ff, 0};
  if (head.compression == runsOf8 || head.compression == runsOf4)
    return head.bits == (head.compression == runsOf8 ? 8 : 4) && !head.fromTop;
  if (head.compression != withMasks) return head.compression == plain;
  constexpr auto at = fileHeader + infoHeader;
  const std::size_t count = head.headerSize >= infoHeader + 16 ? 4 : 3;
  if ((head.bits != 16 && head.bits != 32) || data.size() < at + count * 4) return false;
  for (std::size_t i = 0; i < count; ++i) head.masks[i] = number(data, at + i * 4, 4);
  return true;
}

bool isKnownDepth(unsigned bits) {
  return bits == 1 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
}

std::optional<Head> readHead(ByteView data) {
  Head head;
  if (data.size() < fileHeader + coreHeader) return std::nullopt;
  head.pixelsAt = number(data, 10, 4);
  head.headerSize = number(data, 14, 4);
  const bool core = head.headerSize == coreHeader;
  if (!core && (head.headerSize < infoHeader || data.size() < fileHeader + infoHeader)) return std::nullopt;
  core ? readCore(data, head) : readInfo(data, head);
  if (!isSide(head.width) || !isSide(head.height) || !isKnownDepth(head.bits) || !readMasks(data, head))
    return std::nullopt;
  return head;
}

std::size_t rowBytes(const Head& head) { return (static_cast<std::size_t>(head.width) * head.bits + 31) / 32 * 4; }

/// The palette, cut to what is there; indexes beyond it are black, as other readers have them.
struct Palette {
  ByteView entries;
  std::size_t entry;
  void paint(std::size_t index, std::uint8_t* to) const {
    to[3] = 0xff;
    if ((index + 1) * entry > entries.size()) return;
    for (std::size_t c = 0; c < 3; ++c) to[c] = entries[index * entry + 2 - c];
  }
};

std::optional<Palette> paletteOf(ByteView data, const Head& head) {
  const std::size_t most = std::size_t{1} << head.bits;
  const std::size_t count = head.colours == 0 || head.colours > most ? most : head.colours;
  const auto at = fileHeader + std::size_t{head.headerSize};
  if (at > data.size()) return std::nullopt;
  const auto rest = data.subspan(at);
  return Palette{rest.first(std::min(rest.size(), count * head.entry)), head.entry};
}

void paintIndexed(const Head& head, const Palette& palette, ByteView row, std::uint8_t* to) {
  const unsigned perByte = 8 / head.bits;
  for (unsigned x = 0; x < static_cast<unsigned>(head.width); ++x) {
    const unsigned shift = (perByte - 1 - x % perByte) * head.bits;
    palette.paint(std::size_t{row[x / perByte]} >> shift & ((1U << head.bits) - 1), to + std::size_t{x} * 4);
  }
}

/// A sample of any width as 8 bits.
std::uint8_t sample(std::uint32_t pixel, std::uint32_t mask) {
  if (mask == 0) return 0;
  const auto largest = mask >> std::countr_zero(mask);
  return static_cast<std::uint8_t>(std::uint64_t{(pixel & mask) >> std::countr_zero(mask)} * 255 / largest);
}

void paintMasked(const Head& head, ByteView row, std::uint8_t* to) {
  const std::size_t bytes = head.bits / 8;
  for (std::size_t x = 0; x < static_cast<std::size_t>(head.width); ++x) {
    const auto pixel = number(row, x * bytes, bytes);
    for (std::size_t c = 0; c < 3; ++c) to[x * 4 + c] = sample(pixel, head.masks[c]);
    to[x * 4 + 3] = head.masks[3] == 0 ? 0xff : sample(pixel, head.masks[3]);
  }
}

std::optional<Pixels> painted(const Head& head, const Palette& palette, ByteView rows) {
  const auto height = static_cast<std::size_t>(head.height);
  if (rows.size() / rowBytes(head) < height) return std::nullopt;
  auto pixels = clear(static_cast<unsigned>(head.width), static_cast<unsigned>(head.height));
  for (std::size_t i = 0; i < height; ++i) {
    const auto row = rows.subspan(i * rowBytes(head), rowBytes(head));
    auto* to = pixels.rgba.data() + (head.fromTop ? i : height - 1 - i) * pixels.width * 4;
    head.bits <= 8 ? paintIndexed(head, palette, row, to) : paintMasked(head, row, to);
  }
  return pixels;
}

}  // namespace

std::optional<Pixels> decodeBmp(ByteView data) {
  auto head = readHead(data);
  const auto palette = head ? paletteOf(data, *head) : std::nullopt;
  if (!palette || head->pixelsAt > data.size()) return std::nullopt;
  const auto rows = data.subspan(head->pixelsAt);
  if (head->bits == 24) head->masks = {0xff0000, 0x00ff00, 0x0000ff, 0};
  if (head->compression != runsOf8 && head->compression != runsOf4) return painted(*head, *palette, rows);
  const auto unpacked = unpackRuns(rows, static_cast<std::size_t>(head->width), static_cast<std::size_t>(head->height),
                                   std::exchange(head->bits, 8));
  if (!unpacked) return std::nullopt;
  return painted(*head, *palette, *unpacked);
}

}  // namespace sealferry::picture
