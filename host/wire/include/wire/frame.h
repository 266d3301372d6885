// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace sealferry::wire {

/// Native messaging frames: a length of four bytes in the machine's order, then that many bytes of UTF-8 JSON.
/// The browser kills the port at one byte more than 1 MiB from us; we take up to 8 MiB (Chromium would allow 64).
constexpr std::uint32_t largestFrameIn = 8 * 1024 * 1024;
constexpr std::uint32_t largestFrameOut = 1024 * 1024;

enum class FrameEnd {
  frame,      ///< a whole frame was read
  closed,     ///< the other side closed between two frames: the ordinary end
  truncated,  ///< closed, or failed, inside a frame
  oversize,   ///< longer than allowed, or empty; nothing was allocated and the stream can't be followed any more
};

/// Reads one frame, blocking. `text` is only meaningful for FrameEnd::frame.
FrameEnd readFrame(int descriptor, std::string& text);

/// Writes one frame; false if it is too long or the other side is gone.
bool writeFrame(int descriptor, std::string_view text);

}  // namespace sealferry::wire
