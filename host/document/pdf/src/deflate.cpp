// SPDX-License-Identifier: Apache-2.0
#include "deflate.h"

#include <zlib.h>

namespace sealferry::pdf {

Bytes deflate(ByteView data) {
  Bytes packed(::compressBound(data.size()));
  auto size = static_cast<uLongf>(packed.size());
  if (::compress2(packed.data(), &size, data.data(), data.size(), Z_BEST_COMPRESSION) != Z_OK) return {};
  packed.resize(size);
  return packed;
}

}  // namespace sealferry::pdf
