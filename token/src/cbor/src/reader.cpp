// SPDX-License-Identifier: Apache-2.0
#include "cbor/reader.h"

#include "major.h"

namespace sealferry::cbor {

std::uint64_t Reader::head(std::uint8_t major) {
  if (!good_ || rest_.empty() || rest_[0] >> 5 != major) return refuse(), 0;
  const auto low = static_cast<std::uint8_t>(rest_[0] & 0x1F);
  if (low > 27) return refuse(), 0;  // reserved, or of indefinite length
  const std::size_t size = low < 24 ? 0 : std::size_t{1} << (low - 24);
  if (rest_.size() < 1 + size) return refuse(), 0;
  std::uint64_t argument = size == 0 ? low : 0;
  for (const auto byte : rest_.subspan(1, size)) argument = argument << 8 | byte;
  if (argumentSize(argument) != static_cast<int>(size)) return refuse(), 0;  // one encoding for each value
  rest_ = rest_.subspan(1 + size);
  return argument;
}

ByteView Reader::content(std::uint8_t major, std::size_t most) {
  const auto size = head(major);
  if (!good_ || size > most || size > rest_.size()) return refuse(), ByteView{};
  const auto found = rest_.first(static_cast<std::size_t>(size));
  rest_ = rest_.subspan(found.size());
  return found;
}

std::size_t Reader::array(std::size_t most) {
  const auto count = head(majorArray);
  if (count > most) return refuse(), 0;
  return good_ ? static_cast<std::size_t>(count) : 0;
}

std::uint64_t Reader::number(std::uint64_t most) {
  const auto value = head(majorNumber);
  if (value > most) return refuse(), 0;
  return value;
}

std::string Reader::text(std::size_t most) { return textOf(content(majorText, most)); }

Bytes Reader::bytes(std::size_t most) { return copyOf(content(majorBytes, most)); }

Secret Reader::secret(std::size_t most) { return Secret(content(majorBytes, most)); }

bool Reader::boolean() {
  if (!good_ || rest_.empty() || (rest_[0] != itemTrue && rest_[0] != itemFalse)) return refuse(), false;
  const bool value = rest_[0] == itemTrue;
  rest_ = rest_.subspan(1);
  return value;
}

bool Reader::null() {
  if (!good_ || rest_.empty() || rest_[0] != itemNull) return false;
  rest_ = rest_.subspan(1);
  return true;
}

}  // namespace sealferry::cbor
