// SPDX-License-Identifier: Apache-2.0
#include <gif_lib.h>

#include <algorithm>
#include <array>
#include <memory>

#include "formats.h"

namespace sealferry::picture {
namespace {

struct Source {
  ByteView rest;
};

int readFrom(GifFileType* gif, GifByteType* to, int wanted) {
  auto& rest = static_cast<Source*>(gif->UserData)->rest;
  const auto count = std::min(rest.size(), static_cast<std::size_t>(std::max(wanted, 0)));
  std::copy_n(rest.begin(), count, to);
  rest = rest.subspan(count);
  return static_cast<int>(count);
}

struct Release {
  void operator()(GifFileType* gif) const { DGifCloseFile(gif, nullptr); }
};
using Gif = std::unique_ptr<GifFileType, Release>;

/// Where the frame lies on the canvas, and what is clear in it.
struct Frame {
  unsigned left = 0, top = 0, width = 0, height = 0;
  bool interlaced = false;
  int clearColour = NO_TRANSPARENT_COLOR;
  const ColorMapObject* colours = nullptr;
};

/// A graphic control extension before the frame names the colour that is clear.
bool readExtension(GifFileType* gif, Frame& frame) {
  int code = 0;
  GifByteType* block = nullptr;
  if (DGifGetExtension(gif, &code, &block) == GIF_ERROR) return false;
  while (block != nullptr) {
    GraphicsControlBlock control{};
    if (code == GRAPHICS_EXT_FUNC_CODE && DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK)
      frame.clearColour = control.TransparentColor;
    if (DGifGetExtensionNext(gif, &block) == GIF_ERROR) return false;
  }
  return true;
}

/// The next frame's head; records before it are passed over.
bool findFrame(GifFileType* gif, Frame& frame) {
  for (;;) {
    GifRecordType record = UNDEFINED_RECORD_TYPE;
    if (DGifGetRecordType(gif, &record) == GIF_ERROR) return false;
    if (record == IMAGE_DESC_RECORD_TYPE) return DGifGetImageDesc(gif) == GIF_OK;
    if (record != EXTENSION_RECORD_TYPE || !readExtension(gif, frame)) return false;
  }
}

bool fill(GifFileType* gif, Frame& frame) {
  const auto& image = gif->Image;
  const bool inside = image.Left >= 0 && image.Top >= 0 && isSide(image.Width) && isSide(image.Height) &&
                      image.Left + image.Width <= gif->SWidth && image.Top + image.Height <= gif->SHeight;
  frame.colours = image.ColorMap != nullptr ? image.ColorMap : gif->SColorMap;
  if (!inside || frame.colours == nullptr) return false;
  frame.left = static_cast<unsigned>(image.Left);
  frame.top = static_cast<unsigned>(image.Top);
  frame.width = static_cast<unsigned>(image.Width);
  frame.height = static_cast<unsigned>(image.Height);
  frame.interlaced = image.Interlace;
  return true;
}

/// Which row of the frame comes as number `index` (GIF89a, appendix E).
std::vector<unsigned> rowOrder(const Frame& frame) {
  struct Pass {
    unsigned first, step;
  };
  static constexpr std::array straight{Pass{0, 1}};
  static constexpr std::array interlaced{Pass{0, 8}, Pass{4, 8}, Pass{2, 4}, Pass{1, 2}};
  const auto passes = frame.interlaced ? std::span<const Pass>(interlaced) : std::span<const Pass>(straight);
  std::vector<unsigned> order;
  for (const auto& pass : passes)
    for (auto row = pass.first; row < frame.height; row += pass.step) order.push_back(row);
  return order;
}

bool paint(const Frame& frame, ByteView line, std::uint8_t* to) {
  for (const int index : line) {
    if (index >= frame.colours->ColorCount) return false;
    const auto& colour = frame.colours->Colors[index];
    to[0] = colour.Red;
    to[1] = colour.Green;
    to[2] = colour.Blue;
    to[3] = index == frame.clearColour ? 0 : 0xff;
    to += 4;
  }
  return true;
}

bool readRows(GifFileType* gif, const Frame& frame, Pixels& pixels) {
  Bytes line(frame.width);
  for (const auto row : rowOrder(frame)) {
    if (DGifGetLine(gif, line.data(), static_cast<int>(line.size())) == GIF_ERROR) return false;
    const auto place = (std::size_t{frame.top + row} * pixels.width + frame.left) * 4;
    if (!paint(frame, line, pixels.rgba.data() + place)) return false;
  }
  return true;
}

}  // namespace

std::optional<Pixels> decodeGif(ByteView data) {
  Source source{data};
  int error = 0;
  const Gif gif(DGifOpen(&source, readFrom, &error));
  if (!gif || !isSide(gif->SWidth) || !isSide(gif->SHeight)) return std::nullopt;
  Frame frame;
  if (!findFrame(gif.get(), frame) || !fill(gif.get(), frame)) return std::nullopt;
  auto pixels = clear(static_cast<unsigned>(gif->SWidth), static_cast<unsigned>(gif->SHeight));
  if (!readRows(gif.get(), frame, pixels)) return std::nullopt;
  return pixels;
}

}  // namespace sealferry::picture
