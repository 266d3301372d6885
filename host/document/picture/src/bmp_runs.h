// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "base/bytes.h"

namespace sealferry::picture {

/// The colour numbers of a bitmap packed in runs (BI_RLE8 with 8 bits, BI_RLE4 with 4): one byte each, rows from the
/// bottom, padded to four bytes. What is jumped over has the number 0. Nothing if there are more rows than the picture
/// has or the data ends in a run; data that merely ends early leaves the rest as it is, as other readers have it.
std::optional<Bytes> unpackRuns(ByteView packed, std::size_t width, std::size_t height, unsigned bits);

}  // namespace sealferry::picture
