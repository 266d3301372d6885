// SPDX-License-Identifier: Apache-2.0
#include "font.h"

#include <algorithm>
#include <cmath>

#include "glyph_names.h"
#include "name.h"
#include "standard_width.h"
#include "unicode.h"

namespace sealferry::pdf {
namespace {

constexpr std::size_t mostWidths = 70'000;

std::optional<double> numberOf(QPDFObjectHandle value) {
  if (!value.isNumber() || !std::isfinite(value.getNumericValue())) return std::nullopt;
  return value.getNumericValue();
}

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> starts) {
  return std::ranges::any_of(starts, [&](auto start) { return name.starts_with(start); });
}

std::size_t gbLength(std::string_view rest) {
  if (static_cast<std::uint8_t>(rest[0]) < 0x81 || rest.size() < 2) return 1;
  const bool isLong = rest[1] >= '0' && rest[1] <= '9' && rest.size() >= 4;
  return isLong ? 4 : 2;
}

}  // namespace

Font::Font(QPDFObjectHandle dictionary) {
  if (dictionary.getKey("/ToUnicode").isStream()) toUnicode_ = CharacterMap::read(dictionary.getKey("/ToUnicode"));
  baseFont_ = nameIn(dictionary, "/BaseFont");
  if (nameIn(dictionary, "/Subtype") == "/Type0") {
    readComposite(dictionary);
  } else {
    readSimple(dictionary);
  }
}

void Font::readHeight(QPDFObjectHandle descriptor) {
  if (!descriptor.isDictionary()) return;
  const auto up = numberOf(descriptor.getKey("/Ascent")), down = numberOf(descriptor.getKey("/Descent"));
  if (up && down && *up > 0 && *up < 2000 && *down <= 0 && *down > -1000) {
    ascent_ = *up / 1000;
    descent_ = *down / 1000;
  }
}

void Font::readSimple(QPDFObjectHandle dictionary) {
  readEncoding(dictionary.getKey("/Encoding"));
  auto descriptor = dictionary.getKey("/FontDescriptor");
  readHeight(descriptor);
  if (auto matrix = dictionary.getKey("/FontMatrix"); nameIn(dictionary, "/Subtype") == "/Type3" && matrix.isArray())
    glyphScale_ = numberOf(matrix.getArrayItem(0)).value_or(glyphScale_);
  auto widths = dictionary.getKey("/Widths"), first = dictionary.getKey("/FirstChar");
  if (!widths.isArray()) return;
  const auto start = first.isInteger() ? std::clamp(first.getIntValue(), 0LL, 255LL) : 0;
  for (int i = 0; i < std::min(widths.getArrayNItems(), 256); ++i)
    if (const auto width = numberOf(widths.getArrayItem(i))) widths_[static_cast<std::uint32_t>(start + i)] = *width;
  defaultWidth_ = descriptor.isDictionary() ? numberOf(descriptor.getKey("/MissingWidth")).value_or(0) : 0;
}

void Font::readEncoding(QPDFObjectHandle encoding) {
  if (!encoding.isDictionary()) {
    encoding_ = encodingNamed(encoding.isName() ? encoding.getName() : std::string());
    return;
  }
  encoding_ = encodingNamed(nameIn(encoding, "/BaseEncoding"));
  auto differences = encoding.getKey("/Differences");
  long long code = 0;
  for (int i = 0; differences.isArray() && i < std::min(differences.getArrayNItems(), 1000); ++i) {
    auto item = differences.getArrayItem(i);
    if (item.isInteger()) code = item.getIntValue();
    if (!item.isName() || code < 0 || code > 255) continue;
    encoding_[static_cast<std::size_t>(code++)] = textOfGlyph(std::string_view(item.getName()).substr(1));
  }
}

void Font::readComposite(QPDFObjectHandle dictionary) {
  auto encoding = dictionary.getKey("/Encoding");
  const auto name = encoding.isName() ? encoding.getName() : std::string();
  codes_ = Codes::twoBytes;
  if (isOneOf(name, {"/UniGB", "/UniCNS", "/UniJIS", "/UniKS"})) codes_ = Codes::utf16;
  if (isOneOf(name, {"/GBK", "/GB-EUC"})) codes_ = Codes::gb;
  if (encoding.isStream()) {
    codes_ = Codes::mapped;
    encodingMap_ = CharacterMap::read(encoding);
    auto mode = encoding.getDict().getKey("/WMode");
    isVertical_ = mode.isInteger() && mode.getIntValue() == 1;
  }
  isVertical_ = isVertical_ || name.ends_with("-V");
  auto descendants = dictionary.getKey("/DescendantFonts");
  auto descendant = descendants.isArray() ? descendants.getArrayItem(0) : QPDFObjectHandle::newNull();
  if (!descendant.isDictionary()) return;
  readHeight(descendant.getKey("/FontDescriptor"));
  defaultWidth_ = numberOf(descendant.getKey("/DW")).value_or(1000);
  readCidWidths(descendant.getKey("/W"));
}

/// "c [w1 w2 …]" or "first last w" (§9.7.4.3).
void Font::readCidWidths(QPDFObjectHandle array) {
  if (!array.isArray()) return;
  const int count = array.getArrayNItems();
  for (int i = 0; i + 1 < count && widths_.size() < mostWidths;) {
    auto first = array.getArrayItem(i), second = array.getArrayItem(i + 1);
    if (!first.isInteger() || first.getIntValue() < 0 || first.getIntValue() > 65535) return;
    const auto start = static_cast<std::uint32_t>(first.getIntValue());
    if (second.isArray()) {
      for (int k = 0; k < second.getArrayNItems() && widths_.size() < mostWidths; ++k)
        widths_[start + static_cast<std::uint32_t>(k)] = numberOf(second.getArrayItem(k)).value_or(0);
      i += 2;
      continue;
    }
    if (!second.isInteger() || i + 2 >= count) return;
    const auto last = std::min(second.getIntValue(), 65535LL);
    for (long long cid = start; cid <= last; ++cid)
      widths_[static_cast<std::uint32_t>(cid)] = numberOf(array.getArrayItem(i + 2)).value_or(0);
    i += 3;
  }
}

std::size_t Font::lengthAt(std::string_view rest) const {
  std::size_t length = 1;
  if (codes_ == Codes::twoBytes || codes_ == Codes::utf16) length = 2;
  if (codes_ == Codes::utf16 && (static_cast<std::uint8_t>(rest[0]) & 0xFC) == 0xD8) length = 4;
  if (codes_ == Codes::gb) length = gbLength(rest);
  if (codes_ == Codes::mapped) length = encodingMap_->codeLength(rest) == 0 ? 2 : encodingMap_->codeLength(rest);
  return std::min(length, rest.size());
}

std::u32string Font::textFor(std::string_view bytes, std::uint32_t code) const {
  if (toUnicode_)
    if (const auto* text = toUnicode_->textOf(code)) return *text;
  if (codes_ == Codes::oneByte) return encoding_[code & 0xFF];
  if (codes_ == Codes::utf16) return fromUtf16(bytes);
  if (codes_ == Codes::gb) return fromGb18030(bytes);
  return {};
}

/// The CIDs of predefined character CMaps are not known here: their Latin letters are taken for half as wide.
double Font::widthFor(std::uint32_t code) const {
  if (codes_ == Codes::utf16 || codes_ == Codes::gb) return code < 0x80 ? 500 : defaultWidth_.value_or(1000);
  const auto found = widths_.find(encodingMap_ ? encodingMap_->cidOf(code) : code);
  if (found != widths_.end()) return found->second;
  return defaultWidth_ ? *defaultWidth_ : standardWidth(baseFont_, code);
}

std::vector<Letter> Font::decode(const std::string& shown) const {
  std::vector<Letter> letters;
  for (std::string_view rest = shown; !rest.empty();) {
    const auto bytes = rest.substr(0, lengthAt(rest));
    const auto code = codeOf(bytes);
    const double advance = isVertical_ ? 1 : widthFor(code) * glyphScale_;
    letters.push_back({textFor(bytes, code), advance, bytes.size() == 1 && code == 32});
    rest.remove_prefix(bytes.size());
  }
  return letters;
}

}  // namespace sealferry::pdf
