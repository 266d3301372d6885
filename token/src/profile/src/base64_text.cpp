// SPDX-License-Identifier: Apache-2.0
// The SES seal, or a picture, as it is or as base64 text; the 15 KiB file of some vendors' pages is the text, padded.
#include "encodings.h"
#include "padding.h"
#include "picture.h"

namespace sealferry::token::profile {
namespace {

/// Some break their lines.
std::string inOneLine(ByteView text) {
  std::string line;
  line.reserve(text.size());
  for (const auto byte : text)
    if (byte != '\r' && byte != '\n') line.push_back(static_cast<char>(byte));
  return line;
}

}  // namespace

ByteView firstSequence(ByteView bytes) {
  if (bytes.size() < 2 || bytes[0] != 0x30) return {};
  std::size_t at = 2, size = bytes[1];
  if (size >= 0x80) {
    const std::size_t digits = size & 0x7F;
    if (digits == 0 || digits > 3 || bytes.size() < 2 + digits) return {};
    size = 0;
    for (; at < 2 + digits; ++at) size = size << 8 | bytes[at];
    if (size < 0x80 || size >> (8 * (digits - 1)) == 0) return {};  // DER: the shortest form
  }
  return size <= bytes.size() - at ? bytes.first(at + size) : ByteView{};
}

bool isWholeSequence(ByteView bytes) { return !bytes.empty() && firstSequence(bytes).size() == bytes.size(); }

std::optional<VendorContent> readDer(ByteView file) {
  const auto seal = firstSequence(file);
  if (seal.empty() || !isAllPadding(file.subspan(seal.size()))) return std::nullopt;
  return VendorContent{{{false, copyOf(seal), {}}}};
}

std::optional<VendorContent> readBase64(ByteView file, bool picture) {
  auto content = fromBase64(inOneLine(withoutPadding(file)));
  if (!content) return std::nullopt;
  if (picture ? pictureKind(*content).empty() : !isWholeSequence(*content)) return std::nullopt;
  if (picture) return VendorContent{{{true, {}, {.picture = std::move(*content)}}}};
  return VendorContent{{{false, std::move(*content), {}}}};
}

Result<Bytes> writeBase64(const VendorSeal& seal) { return copyOf(viewOf(toBase64(seal.content()))); }

}  // namespace sealferry::token::profile
