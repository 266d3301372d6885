// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"

namespace sealferry::document {

/// The seal's picture as it stands in the seal: PNG, JPEG, GIF or BMP, with its size on paper in mm.
struct Picture {
  Bytes data;
  double widthMm = 0, heightMm = 0;
};

/// Where a stamp goes: the centre of the picture, in mm from the top left corner of the page as it is displayed
/// (rotation and crop box are taken into account).
struct Placement {
  unsigned page = 1;
  double xMm = 0, yMm = 0;
  bool clamp = true;  ///< moved inwards if it would leave the page; false: refused with stamp_does_not_fit
};

/// What is put into /Contents. cades: CMS, detached, for PAdES B-B (ETSI EN 319 142-1). ses: an SES_Signature
/// (GB/T 38540) over the SM3 of the ranges, under the subfilter GM.sm2seal that readers in China know: not PAdES.
enum class SignatureFormat { cades, ses };

struct StampRequest {
  Picture picture;
  std::vector<Placement> placements;  ///< one is supported in this release
  std::string signer, reason;         ///< UTF-8, for /Name and /Reason
  Time time = 0;                      ///< for /M
  SignatureFormat format = SignatureFormat::cades;
  std::uint32_t signatureRoom = 16384;  ///< bytes kept free for the signature
};

/// A document's appended increment with room for the signature. The original stays as it is: output = original ‖
/// increment.
struct Reserved {
  std::uint64_t originalSize = 0;
  Bytes increment;
  std::uint64_t contentsOffset = 0;  ///< in the increment: of the "<" of /Contents
  std::uint32_t signatureRoom = 0;
  Bytes digest;  ///< over the /ByteRange of the output: SHA-256 for cades, SM3 for ses
};

/// Puts the signature in its place (hexadecimal, padded with zeroes). internal if it does not fit.
Result<Bytes> fill(const Reserved& reserved, ByteView cms);

/// The built-in test page (A4, PDF 1.7): what it is for, in Chinese, and where the stamp goes.
struct TestPage {
  Bytes pdf;
  Placement placement;
};
TestPage testPage();

}  // namespace sealferry::document
