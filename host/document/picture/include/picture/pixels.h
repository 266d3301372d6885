// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "base/bytes.h"

/// Decoding of seals' pictures. Hostile bytes go in here, so only the document child links it: short-lived, with limits
/// of memory and time.
namespace sealferry::picture {

inline constexpr unsigned largestSide = 4096;  ///< of anything that is decoded; looked at before memory is taken

/// Rows from the top, four bytes a pixel: red, green, blue, opacity (not premultiplied).
struct Pixels {
  unsigned width = 0, height = 0;
  Bytes rgba;
};

/// PNG, JPEG, GIF (the first frame) or BMP (uncompressed), told by the bytes alone. Nothing if it is none of them, is
/// broken, or is larger than `largestSide`.
std::optional<Pixels> decode(ByteView data);

/// PNG of 8 bits a sample, with opacity only where something is not opaque. Empty on failure.
Bytes encodePng(const Pixels& pixels);

/// A PNG of at most `largestBytes`: halved in both directions until it fits. Nothing if even 64 pixels do not.
std::optional<Bytes> encodeFitting(Pixels pixels, std::size_t largestBytes);

}  // namespace sealferry::picture
