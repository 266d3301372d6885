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

/// Does the file of a picture (inspectPicture knows its kind) go on to its end: PNG to IEND, JPEG to EOI, GIF through
/// its first image, BMP through its rows? Nothing is decoded; what comes behind does not matter. Of an OFD package
/// nothing is looked at.
bool isWholePicture(ByteView data, PictureKind kind);

/// Does the type a seal declares ("PNG", "jpg", …; case does not matter) mean this kind?
bool declares(std::string_view declaredType, PictureKind kind);

}  // namespace sealferry::seal
