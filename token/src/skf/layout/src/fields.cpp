// SPDX-License-Identifier: Apache-2.0
#include "skf_layout/fields.h"

#include <algorithm>

namespace sealferry::skf {
namespace {

std::size_t padding(const Layout& layout, std::size_t at) {
  return layout.packed ? 0 : (layout.ulongBytes - at % layout.ulongBytes) % layout.ulongBytes;
}

}  // namespace

void FieldWriter::number(std::uint64_t value) {
  zeroes(padding(layout_, out_.size()));
  for (unsigned i = 0; i < layout_.ulongBytes; ++i) out_.push_back(static_cast<std::uint8_t>(value >> 8 * i));
}

void FieldWriter::text(std::string_view value, std::size_t size) {
  const auto taken = value.substr(0, size);
  bytes(viewOf(taken));
  zeroes(size - taken.size());
}

void FieldWriter::rightAligned(ByteView value, std::size_t size) {
  const auto taken = value.size() > size ? value.last(size) : value;
  zeroes(size - taken.size());
  bytes(taken);
}

Bytes FieldWriter::take() {
  zeroes(padding(layout_, out_.size()));
  return std::move(out_);
}

ByteView FieldReader::take(std::size_t count) {
  if (!good_ || count > input_.size() - at_) {
    good_ = false;
    return {};
  }
  const auto found = input_.subspan(at_, count);
  at_ += count;
  return found;
}

std::uint64_t FieldReader::number() {
  (void)take(padding(layout_, at_));
  const auto found = take(layout_.ulongBytes);
  std::uint64_t value = 0;
  for (std::size_t i = found.size(); i-- > 0;) value = value << 8 | found[i];
  return value;
}

Bytes FieldReader::bytes(std::size_t count) {
  auto found = copyOf(take(count));
  found.resize(count);
  return found;
}

std::string FieldReader::text(std::size_t size) {
  const auto found = take(size);
  return textOf(found.first(static_cast<std::size_t>(std::ranges::find(found, 0) - found.begin())));
}

}  // namespace sealferry::skf
