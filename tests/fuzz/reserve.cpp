// SPDX-License-Identifier: Apache-2.0
// The scanner, the reader of text and the appender: a document is stamped in every way at once, and what came out is
// stamped again.
#include <sys/mman.h>
#include <unistd.h>

#include "hostile.h"
#include "pdf/stamp.h"

using namespace sealferry;
using namespace sealferry::document;

namespace {

/// A black pixel, as the smallest of bitmaps.
Bytes pixel() {
  Bytes bmp = {'B', 'M', 58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0};
  bmp.resize(58);
  return bmp;
}

Result<Reserved> stampOn(ByteView document, const StampRequest& request) {
  const int file = ::memfd_create("document", MFD_CLOEXEC);
  promise(file >= 0 && ::write(file, document.data(), document.size()) == static_cast<ssize_t>(document.size()),
          "memory");
  auto reserved = pdf::reserve(file, request);
  ::close(file);
  return reserved;
}

StampRequest requestFor(const Bytes& picture) {
  StampRequest request;
  request.picture = {picture, 2, 2};
  request.placements = {{{1, 0}, 20, 20, true}};
  request.signatureRoom = 64;
  return request;
}

void checkIncrements(const Reserved& reserved) {
  promise(!reserved.increments.empty() && reserved.increments.size() <= 64, "at least one signature, at most 64");
  promise(reserved.stamps.size() >= reserved.increments.size(), "no signature without a stamp");
  for (const auto& one : reserved.increments) {
    promise(one.contentsOffset + 130 < one.bytes.size(), "the hole is in the increment");
    promise(one.bytes[one.contentsOffset] == '<' && one.bytes[one.contentsOffset + 129] == '>', "and is /Contents");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto picture = pixel();
  auto request = requestFor(picture);
  const auto reserved = stampOn({data, size}, request);
  request.keyword = Keyword{"盖章", true, true};
  request.across = Across{};
  if (const auto more = stampOn({data, size}, request)) checkIncrements(*more);
  if (!reserved) return 0;
  checkIncrements(*reserved);
  promise(reserved->originalSize == size, "nothing is appended to but the whole");
  return 0;
}
