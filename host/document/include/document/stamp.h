// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"
#include "trust/algorithm.h"

namespace sealferry::document {

/// The seal's picture as it stands in the seal: PNG, JPEG, GIF or BMP, with its size on paper in mm. A stamp is never
/// made larger or smaller than that.
struct Picture {
  Bytes data;
  double widthMm = 0, heightMm = 0;
};

/// A range of pages, from 1, both ends inclusive; 0 is the last page: {1, 0} is all, {0, 0} the last one.
struct Pages {
  unsigned first = 1, last = 1;
};

/// Where a stamp goes on each of its pages: the centre of the picture, in mm from the top left corner of the page as it
/// is displayed (rotation and crop box are taken into account).
struct Placement {
  Pages pages;
  double xMm = 0, yMm = 0;
  bool clamp = true;  ///< moved inwards if it would leave the page; false: refused with stamp_does_not_fit
};

/// The place where the pages' text says so (UTF-8, blanks do not count): the first one, or every one. The centre of the
/// stamp lies on the centre of the words.
struct Keyword {
  std::string text;
  bool all = false;
  bool clamp = true;
};

/// 骑缝章: the seal cut into equal slices over one edge of consecutive pages, in their order.
enum class Edge { right, left, top, bottom };
struct Across {
  Edge edge = Edge::right;
  double alongMm =
      -1;  ///< the seal's centre along the edge, from the top (from the left for top and bottom); < 0: the middle
  Pages pages{1, 0};
};

/// What is put into /Contents. cades: CMS, detached, for PAdES B-B (ETSI EN 319 142-1). ses: an SES_Signature
/// (GB/T 38540) under the subfilter GM.sm2seal that readers in China know: not PAdES.
enum class SignatureFormat { cades, ses };

/// At least one of placements, keyword and across.
struct StampRequest {
  Picture picture;
  std::vector<Placement> placements;
  std::optional<Keyword> keyword;
  std::optional<Across> across;
  std::string signer, reason;  ///< UTF-8, for /Name and /Reason
  bool textLine = false;       ///< signer and time printed under the stamp
  Time time = 0;               ///< for /M
  SignatureFormat format = SignatureFormat::cades;
  std::uint32_t signatureRoom = 16384;  ///< bytes kept free for each signature
};

/// What is appended for one signature, with room for it. /ByteRange stands in it already.
struct Increment {
  Bytes bytes;
  std::uint64_t contentsOffset = 0;  ///< in `bytes`: of the "<" of /Contents
};

/// A stamp as it lies on its page: what was really done, in mm as displayed.
struct PlacedStamp {
  unsigned page = 1;
  double xMm = 0, yMm = 0, widthMm = 0, heightMm = 0;
  std::size_t increment = 0;  ///< index of the increment, and so of the signature, that it belongs to
};

/// A document's appended increments with room for their signatures, one after the other. The original stays as it is:
/// output = original ‖ increments. A document without signatures gets one; one that is signed gets one for each stamped
/// page.
struct Reserved {
  std::uint64_t originalSize = 0;
  unsigned pages = 0;  ///< of the document
  std::uint32_t signatureRoom = 0;
  std::vector<Increment> increments;
  std::vector<PlacedStamp> stamps;
};

/// Makes the value of /Contents from the digest over the /ByteRange.
using Sign = std::function<Result<Bytes>(ByteView digest)>;

/// Signs the increments in order and returns them, filled, one after the other. The document is read once, from its
/// start: what is hashed so far is carried from one increment to the next. document_unreadable with reason `file` if it
/// is no longer as long as it was, internal if a signature does not fit.
Result<Bytes> signIncrements(int document, const Reserved& reserved, trust::DigestAlgorithm digest, const Sign& sign);

/// The built-in test page (A4, PDF 1.7): what it is for, in Chinese, and where the stamp goes.
struct TestPage {
  Bytes pdf;
  Placement placement;
};
TestPage testPage();

}  // namespace sealferry::document
