// SPDX-License-Identifier: Apache-2.0
// BJCA's binary seal, "bjca_eseal_t": a head of 328 bytes, little-endian with natural alignment, the picture, the
// lengths of signature and maker's certificate, both. What is written here has neither: nobody can make its signature.
#include <algorithm>
#include <array>

#include "encodings.h"
#include "gbk.h"
#include "padding.h"
#include "picture.h"

namespace sealferry::token::profile {
namespace {

namespace at {
constexpr std::size_t id = 4, format = 8, pictureSize = 12, made = 16, notBefore = 20, notAfter = 24, signing = 28,
                      signFrom = 36, signUntil = 40, verifying = 44, verifyFrom = 48, verifyUntil = 52, title = 86;
}
constexpr std::size_t headSize = 328, titleSize = 40, trailerSize = 8;
constexpr std::uint8_t permittedOffline = 2;

void putNumber(Bytes& head, std::size_t where, std::int64_t value) {
  auto rest = static_cast<std::uint32_t>(std::clamp<std::int64_t>(value, 0, UINT32_MAX));
  for (std::size_t i = 0; i < 4; ++i, rest >>= 8) head[where + i] = static_cast<std::uint8_t>(rest);
}

std::uint32_t numberAt(ByteView head, std::size_t where) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8 | head[where + i];
  return value;
}

ByteView textAt(ByteView head, std::size_t where, std::size_t size) {
  const auto field = head.subspan(where, size);
  const auto end = std::ranges::find(field, 0);
  return field.first(static_cast<std::size_t>(end - field.begin()));
}

bool isHead(ByteView file) {
  return file.size() >= headSize && file[0] == 'E' && file[1] == 'S' && numberAt(file, at::pictureSize) > 0 &&
         numberAt(file, at::pictureSize) <= file.size() - headSize;
}

/// After the picture: nothing, or lengths with what they speak of, then padding.
bool endsWell(ByteView rest) {
  if (isAllPadding(rest)) return true;
  if (rest.size() < trailerSize) return false;
  const std::uint64_t extra = std::uint64_t{numberAt(rest, 0)} + numberAt(rest, 4);
  return extra <= rest.size() - trailerSize &&
         isAllPadding(rest.subspan(trailerSize + static_cast<std::size_t>(extra)));
}

Bytes headFor(const SealFace& face) {
  Bytes head(headSize);
  head[0] = 'E';
  head[1] = 'S';
  putNumber(head, at::id, face.made);  // the vendor's server takes the time of making for it, too
  std::ranges::copy(pictureKind(face.picture), head.begin() + at::format);
  putNumber(head, at::pictureSize, static_cast<std::int64_t>(face.picture.size()));
  putNumber(head, at::made, face.made);
  for (const auto where : {at::notBefore, at::signFrom, at::verifyFrom}) putNumber(head, where, face.notBefore);
  for (const auto where : {at::notAfter, at::signUntil, at::verifyUntil}) putNumber(head, where, face.notAfter);
  head[at::signing] = head[at::verifying] = permittedOffline;
  return head;
}

}  // namespace

std::optional<VendorContent> readBjca(ByteView file) {
  if (!isHead(file)) return std::nullopt;
  const auto size = numberAt(file, at::pictureSize);
  SealFace face;
  face.picture = copyOf(file.subspan(headSize, size));
  const auto title = fromGbk(textAt(file, at::title, titleSize));
  if (!title || pictureKind(face.picture).empty() || !endsWell(file.subspan(headSize + size))) return std::nullopt;
  face.title = *title;
  face.made = numberAt(file, at::made);
  face.notBefore = numberAt(file, at::notBefore);
  face.notAfter = numberAt(file, at::notAfter);
  return VendorContent{{{true, {}, std::move(face)}}};
}

Result<Bytes> writeBjca(const VendorSeal& seal) {
  const auto title = toGbk(seal.face.title);
  if (!title || title->size() >= titleSize || std::ranges::find(*title, 0) != title->end()) return cannotHold("text");
  auto file = headFor(seal.face);
  std::ranges::copy(*title, file.begin() + at::title);
  file.insert(file.end(), seal.face.picture.begin(), seal.face.picture.end());
  file.insert(file.end(), trailerSize, 0);
  return file;
}

}  // namespace sealferry::token::profile
