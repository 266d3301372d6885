// SPDX-License-Identifier: Apache-2.0
#include "card/tlv.h"

namespace sealferry::card {
namespace {

/// Takes bytes off the front of what is left, and stays bad once there were too few.
class Cursor {
 public:
  explicit Cursor(ByteView rest) : rest_(rest) {}
  bool atEnd() const { return rest_.empty(); }
  bool good() const { return good_; }
  unsigned byte() {
    const auto one = take(1);
    return one.empty() ? 0U : one[0];
  }
  ByteView take(std::size_t count) {
    if (count > rest_.size()) good_ = false;
    if (!good_) return {};
    const auto taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }
  void refuse() { good_ = false; }

 private:
  ByteView rest_;
  bool good_ = true;
};

unsigned takeTag(Cursor& in) {
  const auto first = in.byte();
  if ((first & 0x1F) != 0x1F) return first;
  const auto second = in.byte();
  if ((second & 0x80) != 0) in.refuse();  // a third byte would follow
  return first << 8 | second;
}

std::size_t takeLength(Cursor& in) {
  const auto first = in.byte();
  if (first < 0x80) return first;
  if (first != 0x81 && first != 0x82) in.refuse();
  std::size_t length = in.byte();
  if (first == 0x82) length = length << 8 | in.byte();
  return length;
}

}  // namespace

std::optional<std::vector<Tlv>> parseTlvs(ByteView input) {
  Cursor in(input);
  std::vector<Tlv> found;
  while (in.good() && !in.atEnd()) {
    const auto tag = takeTag(in);
    const auto length = takeLength(in);
    found.push_back({tag, in.take(length)});
  }
  if (!in.good()) return std::nullopt;
  return found;
}

std::optional<ByteView> valueOf(const std::vector<Tlv>& all, unsigned tag) {
  for (const auto& one : all)
    if (one.tag == tag) return one.value;
  return std::nullopt;
}

void append(Bytes& out, ByteView more) { out.insert(out.end(), more.begin(), more.end()); }

void appendTlv(Bytes& out, unsigned tag, ByteView value) {
  const auto byte = [&](std::size_t one) { out.push_back(static_cast<std::uint8_t>(one)); };
  if (tag > 0xFF) byte(tag >> 8);
  byte(tag & 0xFF);
  if (value.size() > 0xFF) byte(0x82), byte(value.size() >> 8 & 0xFF);
  if (value.size() > 0x7F && value.size() <= 0xFF) byte(0x81);
  byte(value.size() & 0xFF);
  append(out, value);
}

}  // namespace sealferry::card
