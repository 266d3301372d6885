// SPDX-License-Identifier: Apache-2.0
#include "part_input.h"

#include <cstdio>
#include <cstring>
#include <stdexcept>

namespace sealferry::pdf {

bool PartInput::fill() {
  if (position_ >= bufferStart_ && position_ < bufferStart_ + bufferSize_) return true;
  bufferStart_ = position_;
  bufferSize_ = source_.readInto(position_, buffer_);
  return bufferSize_ > 0;
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
