// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace sealferry::seal {

enum class PictureKind { png, jpeg, gif, bmp, ofd };
std::string_view mediaType(PictureKind kind);  ///< "image/png" …

/// What the head of a picture says; the pixels are not decoded.
struct PictureInfo {
  PictureKind kind;
  unsigned width = 0, height = 0;  ///< pixels, each 1 to 4096; an OFD package has none: 0
};

/// Recognised by the bytes alone. seal_invalid with detail reason: pictureUnknown, pictureMalformed, pictureTooLarge.
Result<PictureInfo> inspectPicture(ByteView data);

/// Does the type a seal declares ("PNG", "jpg", …; case does not matter) mean this kind?
bool declares(std::string_view declaredType, PictureKind kind);

}  // namespace sealferry::seal
