// SPDX-License-Identifier: Apache-2.0
#include "seal/picture.h"

#include "hostile.h"

using namespace sealferry;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto info = seal::inspectPicture({data, size});
  if (info && info->kind != seal::PictureKind::ofd)
    promise(info->width > 0 && info->width <= 4096 && info->height > 0 && info->height <= 4096, "sizes are limited");
  if (info) (void)seal::isWholePicture({data, size}, info->kind);
  return 0;
}
