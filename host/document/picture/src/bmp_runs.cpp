// SPDX-License-Identifier: Apache-2.0
#include "bmp_runs.h"

#include <algorithm>

namespace sealferry::picture {
namespace {

constexpr std::uint8_t endOfRow = 0, endOfPicture = 1, jump = 2;

class Unpacking {
 public:
  Unpacking(ByteView packed, std::size_t width, std::size_t height, unsigned bits)
      : packed_(packed), width_(width), height_(height), stride_((width + 3) / 4 * 4), bits_(bits) {
    rows_.resize(stride_ * height);
  }

  std::optional<Bytes> run() {
    while (!ended_ && at_ + 2 <= packed_.size()) {
      const auto count = packed_[at_], value = packed_[at_ + 1];
      at_ += 2;
      if (!(count == 0 ? escape(value) : repeat(count, value))) return std::nullopt;
    }
    return std::move(rows_);
  }

 private:
  /// Some programs pack a row's padding too: what lies beyond its end is left away.
  bool put(unsigned value) {
    if (y_ >= height_) return false;
    if (x_ < width_) rows_[y_ * stride_ + x_++] = static_cast<std::uint8_t>(value);
    return true;
  }

  /// Colour number `index` of those packed from `from` on.
  unsigned numberAt(ByteView from, std::size_t index) const {
    if (bits_ == 8) return from[index];
    return index % 2 == 0 ? from[index / 2] >> 4 : from[index / 2] & 15U;
  }

  /// With 4 bits a run goes to and fro between the two numbers.
  bool repeat(std::size_t count, std::uint8_t value) {
    const std::uint8_t pair[] = {value};
    for (std::size_t i = 0; i < count; ++i)
      if (!put(bits_ == 8 ? value : numberAt(pair, i % 2))) return false;
    return true;
  }

  bool literal(std::size_t count) {
    const auto bytes = bits_ == 8 ? count : (count + 1) / 2;
    if (bytes > packed_.size() - at_) return false;
    const auto from = packed_.subspan(at_, bytes);
    for (std::size_t i = 0; i < count; ++i)
      if (!put(numberAt(from, i))) return false;
    at_ = std::min(packed_.size(), at_ + bytes + bytes % 2);
    return true;
  }

  bool leap() {
    if (packed_.size() - at_ < 2) return false;
    x_ = std::min(width_, x_ + packed_[at_]);
    y_ += packed_[at_ + 1];
    at_ += 2;
    return y_ <= height_;
  }

  bool escape(std::uint8_t what) {
    if (what == endOfPicture) return ended_ = true;
    if (what == jump) return leap();
    if (what != endOfRow) return literal(what);
    x_ = 0;
    return ++y_ <= height_;
  }

  ByteView packed_;
  std::size_t width_, height_, stride_, at_ = 0, x_ = 0, y_ = 0;
  unsigned bits_;
  bool ended_ = false;
  Bytes rows_;
};

}  // namespace

std::optional<Bytes> unpackRuns(ByteView packed, std::size_t width, std::size_t height, unsigned bits) {
  return Unpacking(packed, width, height, bits).run();
}

}  // namespace sealferry::picture
