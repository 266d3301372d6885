// SPDX-License-Identifier: Apache-2.0
// Does a file that no profile explains look like a seal? Nothing is taken from it; only, nothing is written beside it.
#include <algorithm>
#include <array>
#include <cctype>

#include "encodings.h"
#include "picture.h"
#include "profile/match.h"

namespace sealferry::token::profile {
namespace {

using namespace std::string_view_literals;

constexpr auto words = std::to_array<std::string_view>(
    {"seal", "stamp", "yinzhang", "qianzhang", "印章", "签章", "图章", "\xd3\xa1\xd5\xc2"sv, "\xc7\xa9\xd5\xc2"sv});

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

/// Goes into a DER SEQUENCE, whose length may reach beyond the head we have; false if there is none.
bool enterSequence(ByteView& bytes) {
  if (bytes.size() < 2 || bytes[0] != 0x30) return false;
  const std::size_t more = bytes[1] < 0x80 ? 0 : bytes[1] & 0x7F;
  if (more > 4 || bytes.size() < 2 + more) return false;
  bytes = bytes.subspan(2 + more);
  return true;
}

/// An SES seal of any version begins SEQUENCE { SEQUENCE { SEQUENCE { IA5String "ES".
bool isSes(ByteView head) {
  return enterSequence(head) && enterSequence(head) && enterSequence(head) && head.size() >= 4 && head[0] == 0x16 &&
         head[1] == 2 && head[2] == 'E' && head[3] == 'S';
}

/// The head of BJCA's seal: "ES", and the kind of the picture eight bytes in.
bool isBjca(ByteView head) {
  if (head.size() < 16 || head[0] != 'E' || head[1] != 'S') return false;
  const auto kind = lower(textOf(head.subspan(8, 3)));
  return kind == "gif" || kind == "png" || kind == "bmp" || kind == "jpg" || kind == "jpe";
}

bool isBinarySeal(ByteView head) { return isSes(head) || isBjca(head) || !pictureKind(head).empty(); }

bool isBase64Seal(ByteView head) {
  constexpr std::size_t enough = 64;
  if (head.size() < enough) return false;
  const auto bytes = fromBase64(textOf(head.first(enough)));
  return bytes && isBinarySeal(*bytes);
}

}  // namespace

bool looksLikeSeal(std::string_view label, ByteView head) {
  const auto name = lower(label);
  if (std::ranges::any_of(words, [&](auto word) { return name.find(word) != std::string::npos; })) return true;
  return isBinarySeal(head) || isBase64Seal(head) || lower(textOf(head)).find("<sealinfo") != std::string::npos;
}

}  // namespace sealferry::token::profile
