// SPDX-License-Identifier: Apache-2.0
#include "part_input.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace sealferry::pdf {

bool PartInput::fill() {
  if (position_ >= bufferStart_ && position_ < bufferStart_ + bufferSize_) return true;
  bufferStart_ = position_;
  bufferSize_ = source_.readInto(position_, buffer_);
  blankOut();
  return bufferSize_ > 0;
}

void PartInput::blankOut() {
  const auto bufferEnd = bufferStart_ + bufferSize_;
  auto blank = blanks_.upper_bound(bufferStart_);
  if (blank != blanks_.begin()) --blank;
  for (; blank != blanks_.end() && blank->first < bufferEnd; ++blank) {
    const auto begin = std::max(blank->first, bufferStart_), end = std::min(blank->second, bufferEnd);
    if (begin >= end) continue;
    const auto first = buffer_.begin() + static_cast<std::ptrdiff_t>(begin - bufferStart_);
    std::fill(first, first + static_cast<std::ptrdiff_t>(end - begin), std::uint8_t{' '});
  }
}

void PartInput::lookForKids(QPDFObjGen object) {
  auto found = longKidsAt(source_, position_, object);
  if (!found) return;
  blanks_[found->begin] = found->end;
  bufferSize_ = 0;
  kids_ = std::move(found);
}

std::optional<LongKids> PartInput::showWithoutLongKids(QPDFObjGen object, const std::function<void()>& resolve) {
  expected_ = object;
  resolve();
  expected_.reset();
  return std::exchange(kids_, std::nullopt);
}

int PartInput::letter() const { return buffer_[static_cast<std::size_t>(position_ - bufferStart_)]; }

qpdf_offset_t PartInput::findAndSkipNextEOL() {
  const auto isEnd = [&] { return letter() == '\n' || letter() == '\r'; };
  while (fill() && !isEnd()) ++position_;
  const auto found = position_;
  while (fill() && isEnd()) ++position_;
  return static_cast<qpdf_offset_t>(found);
}

void PartInput::seek(qpdf_offset_t offset, int whence) {
  qpdf_offset_t base = 0;
  if (whence == SEEK_CUR) base = static_cast<qpdf_offset_t>(position_);
  if (whence == SEEK_END) base = static_cast<qpdf_offset_t>(source_.size());
  if (base + offset < 0) throw std::runtime_error("seek before the beginning");
  position_ = static_cast<std::uint64_t>(base + offset);
  if (expected_) lookForKids(*std::exchange(expected_, std::nullopt));
}

size_t PartInput::read(char* into, size_t length) {
  last_offset = static_cast<qpdf_offset_t>(position_);
  size_t done = 0;
  while (done < length && fill()) {
    const auto at = static_cast<std::size_t>(position_ - bufferStart_);
    const auto count = std::min(length - done, bufferSize_ - at);
    std::memcpy(into + done, buffer_.data() + at, count);
    done += count;
    position_ += count;
  }
  return done;
}

}  // namespace sealferry::pdf
