// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "worker/serve.h"

namespace sealferry::token {

/// Frames on the pipe, blocking. Nothing when the input has ended, in the middle of a frame too, or is no frame at all.
std::optional<Bytes> readFrame(const Pipe& pipe);
bool writeFrame(const Pipe& pipe, ByteView content);

}  // namespace sealferry::token
