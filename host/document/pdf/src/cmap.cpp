// SPDX-License-Identifier: Apache-2.0
#include "cmap.h"

#include <algorithm>

#include "unicode.h"

namespace sealferry::pdf {
namespace {

constexpr std::size_t mostTexts = 70'000;
constexpr std::size_t mostMapOperands = 1000;

bool isWithin(std::string_view text, std::size_t length, std::uint32_t low, std::uint32_t high) {
  for (std::size_t i = 0; i < length; ++i) {
    const auto shift = 8 * (length - 1 - i);
    const auto byte = static_cast<std::uint8_t>(text[i]);
    if (byte < (low >> shift & 0xFF) || byte > (high >> shift & 0xFF)) return false;
  }
  return true;
}

/// The next text of a range: its last character is counted on.
std::u32string countedOn(std::u32string text, std::uint32_t by) {
  if (!text.empty()) text.back() += by;
  return text;
}

}  // namespace

std::uint32_t codeOf(std::string_view bytes) {
  std::uint32_t code = 0;
  for (const char byte : bytes.substr(0, 4)) code = code << 8 | static_cast<std::uint8_t>(byte);
  return code;
}

/// Operands pile up until the operator that ends their section.
class CharacterMap::Reader : public QPDFObjectHandle::ParserCallbacks {
 public:
  explicit Reader(CharacterMap& map) : map_(map) {}

  void handleObject(QPDFObjectHandle object, std::size_t, std::size_t) override {
    if (!object.isOperator()) {
      if (operands_.size() < mostMapOperands) operands_.push_back(object);
      return;
    }
    const auto name = object.getOperatorValue();
    if (name == "endcodespacerange") each(2, [&](std::size_t at) { addSpace(at); });
    if (name == "endbfchar") each(2, [&](std::size_t at) { addText(at, 0, operands_[at + 1]); });
    if (name == "endbfrange") each(3, [&](std::size_t at) { addTexts(at); });
    if (name == "endcidchar") each(2, [&](std::size_t at) { addCids(at, at, at + 1); });
    if (name == "endcidrange") each(3, [&](std::size_t at) { addCids(at, at + 1, at + 2); });
    operands_.clear();
  }
  void handleEOF() override {}

 private:
  template <class Take>
  void each(std::size_t step, const Take& take) {
    for (std::size_t at = 0; at + step <= operands_.size(); at += step)
      if (operands_[at].isString() && (step == 2 || operands_[at + 1].isString())) take(at);
  }

  std::uint32_t code(std::size_t at) { return codeOf(operands_[at].getStringValue()); }

  void addSpace(std::size_t at) {
    const auto length = operands_[at].getStringValue().size();
    if (operands_[at + 1].isString() && length >= 1 && length <= 4 && map_.spaces_.size() < 100)
      map_.spaces_.push_back({length, code(at), code(at + 1)});
  }

  void addText(std::size_t at, std::uint32_t offset, QPDFObjectHandle text) {
    if (text.isString() && map_.texts_.size() < mostTexts)
      map_.texts_[code(at) + offset] = fromUtf16(text.getStringValue());
  }

  void addTexts(std::size_t at) {
    auto to = operands_[at + 2];
    const auto count = std::min<std::uint64_t>(std::uint64_t{code(at + 1)} - code(at) + 1, 65536);
    if (code(at + 1) < code(at)) return;
    if (to.isArray())
      for (int i = 0; i < to.getArrayNItems() && static_cast<std::uint64_t>(i) < count; ++i)
        addText(at, static_cast<std::uint32_t>(i), to.getArrayItem(i));
    if (!to.isString()) return;
    const auto first = fromUtf16(to.getStringValue());
    for (std::uint32_t i = 0; i < count && map_.texts_.size() < mostTexts; ++i)
      map_.texts_[code(at) + i] = countedOn(first, i);
  }

  void addCids(std::size_t first, std::size_t last, std::size_t cid) {
    auto number = operands_[cid];
    if (number.isInteger() && number.getIntValue() >= 0 && number.getIntValue() < 65536 &&
        map_.cids_.size() < mostTexts)
      map_.cids_[code(first)] = {code(last), static_cast<std::uint32_t>(number.getIntValue())};
  }

  CharacterMap& map_;
  std::vector<QPDFObjectHandle> operands_;
};

CharacterMap CharacterMap::read(QPDFObjectHandle stream) {
  CharacterMap map;
  if (!stream.isStream()) return map;
  Reader reader(map);
  QPDFObjectHandle::parseContentStream(stream, &reader);
  return map;
}

std::size_t CharacterMap::codeLength(std::string_view text) const {
  for (const auto& space : spaces_)
    if (space.length <= text.size() && isWithin(text, space.length, space.low, space.high)) return space.length;
  return 0;
}

const std::u32string* CharacterMap::textOf(std::uint32_t code) const {
  const auto found = texts_.find(code);
  return found == texts_.end() ? nullptr : &found->second;
}

std::uint32_t CharacterMap::cidOf(std::uint32_t code) const {
  auto range = cids_.upper_bound(code);
  if (range == cids_.begin()) return code;
  --range;
  return code <= range->second.last ? range->second.cid + (code - range->first) : code;
}

}  // namespace sealferry::pdf
