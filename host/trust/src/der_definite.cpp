// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "trust/der.h"

namespace sealferry::trust::der {
namespace {

constexpr int deepestNesting = 32;

struct Header {
  std::size_t identifier = 0;  ///< octets
  std::size_t size = 0;        ///< octets, with those of the length
  bool constructed = false, indefinite = false;
  std::size_t length = 0;
};

std::optional<Header> readHeader(ByteView data) {
  if (data.size() < 2) return std::nullopt;
  Header header{1, 2, (data[0] & 0x20) != 0};
  if ((data[0] & 0x1f) == 0x1f) return std::nullopt;  // numbers over 30: none in a message
  const auto first = data[1];
  header.indefinite = first == 0x80;
  if (first < 0x80) header.length = first;
  if (first <= 0x80) return header;
  const std::size_t octets = first & 0x7fU;
  if (octets > 4 || data.size() < 2 + octets) return std::nullopt;
  for (std::size_t i = 0; i < octets; ++i) header.length = header.length << 8 | data[2 + i];
  header.size += octets;
  return header;
}

bool isEnd(ByteView data) { return data.size() >= 2 && data[0] == 0 && data[1] == 0; }

void appendLength(Bytes& out, std::size_t length) {
  if (length < 0x80) return out.push_back(static_cast<std::uint8_t>(length));
  Bytes octets;
  for (; length > 0; length >>= 8) octets.insert(octets.begin(), static_cast<std::uint8_t>(length & 0xff));
  out.push_back(static_cast<std::uint8_t>(0x80 | octets.size()));
  out.insert(out.end(), octets.begin(), octets.end());
}

/// Takes one element off the front and puts it behind `out`.
bool rewrite(ByteView& rest, Bytes& out, int depth) {
  const auto header = readHeader(rest);
  if (!header || depth > deepestNesting) return false;
  const auto identifier = rest.first(header->identifier);
  if (!header->indefinite) {
    if (header->length > rest.size() - header->size) return false;
    const auto whole = rest.first(header->size + header->length);
    out.insert(out.end(), whole.begin(), whole.end());
    rest = rest.subspan(whole.size());
    return true;
  }
  if (!header->constructed) return false;
  rest = rest.subspan(header->size);
  Bytes content;
  while (!isEnd(rest))
    if (!rewrite(rest, content, depth + 1)) return false;
  rest = rest.subspan(2);
  out.insert(out.end(), identifier.begin(), identifier.end());
  appendLength(out, content.size());
  out.insert(out.end(), content.begin(), content.end());
  return true;
}

}  // namespace

std::optional<Bytes> withDefiniteLengths(ByteView data) {
  Bytes out;
  if (!rewrite(data, out, 0)) return std::nullopt;
  const bool zeros = std::ranges::all_of(data, [](std::uint8_t byte) { return byte == 0; });
  return zeros ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace sealferry::trust::der
