// SPDX-License-Identifier: Apache-2.0
#include "cbor/writer.h"

#include "major.h"

namespace sealferry::cbor {

void Writer::head(std::uint8_t major, std::uint64_t argument) {
  const int size = argumentSize(argument);
  const auto low = size == 0 ? static_cast<std::uint8_t>(argument) : lowBitsOf(size);
  out_.push_back(static_cast<std::uint8_t>(major << 5 | low));
  for (int shift = (size - 1) * 8; shift >= 0; shift -= 8) out_.push_back(static_cast<std::uint8_t>(argument >> shift));
}

void Writer::array(std::size_t count) { head(majorArray, count); }

void Writer::number(std::uint64_t value) { head(majorNumber, value); }

void Writer::text(std::string_view value) {
  head(majorText, value.size());
  out_.insert(out_.end(), value.begin(), value.end());
}

void Writer::bytes(ByteView value) {
  head(majorBytes, value.size());
  out_.insert(out_.end(), value.begin(), value.end());
}

void Writer::boolean(bool value) { out_.push_back(value ? itemTrue : itemFalse); }

void Writer::null() { out_.push_back(itemNull); }

}  // namespace sealferry::cbor
