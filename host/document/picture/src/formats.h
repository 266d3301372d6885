// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "picture/pixels.h"

namespace sealferry::picture {

std::optional<Pixels> decodePng(ByteView data);
std::optional<Pixels> decodeJpeg(ByteView data);
std::optional<Pixels> decodeGif(ByteView data);
std::optional<Pixels> decodeBmp(ByteView data);

inline bool isSide(long long pixels) { return pixels > 0 && pixels <= static_cast<long long>(largestSide); }

/// Room for a picture of this size, all clear.
inline Pixels clear(unsigned width, unsigned height) { return {width, height, Bytes(std::size_t{width} * height * 4)}; }

}  // namespace sealferry::picture
