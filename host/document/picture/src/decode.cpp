// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string_view>

#include "formats.h"

namespace sealferry::picture {
namespace {

struct Format {
  std::string_view magic;
  std::optional<Pixels> (*decode)(ByteView);
};

constexpr std::array formats{
    Format{"\x89PNG\r\n\x1a\n", decodePng},
    Format{"\xff\xd8\xff", decodeJpeg},
    Format{"GIF87a", decodeGif},
    Format{"GIF89a", decodeGif},
    Format{"BM", decodeBmp},
};

bool begins(ByteView data, std::string_view magic) {
  const auto same = [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; };
  return data.size() >= magic.size() && std::equal(magic.begin(), magic.end(), data.begin(), same);
}

}  // namespace

std::optional<Pixels> decode(ByteView data) {
  const auto format = std::ranges::find_if(formats, [&](const Format& one) { return begins(data, one.magic); });
  return format == formats.end() ? std::nullopt : format->decode(data);
}

}  // namespace sealferry::picture
