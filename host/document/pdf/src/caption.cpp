// SPDX-License-Identifier: Apache-2.0
#include "caption.h"

#include <algorithm>

#include "open.h"
#include "unicode.h"

namespace sealferry::pdf {
namespace {

using document::StampRequest;

constexpr double narrowestMm = 62;
constexpr std::size_t mostLines = 24, mostCharacters = 250;

/// Neither shown nor obeyed: controls, joiners, marks that turn the direction of text, variation selectors.
bool isInvisible(char32_t letter) {
  const auto within = [letter](char32_t first, char32_t last) { return letter >= first && letter <= last; };
  return letter < 0x20 || within(0x7F, 0x9F) || letter == 0xAD || within(0x200B, 0x200F) || within(0x2028, 0x202E) ||
         within(0x2060, 0x206F) || within(0xFE00, 0xFE0F) || letter == 0xFEFF || within(0xFFF9, 0xFFFB) ||
         within(0xE0000, 0xE0FFF);
}

/// "2026-11-22 16:00:00 +08:00": the signature's /M, on the clocks of those who read it.
std::string inChina(Time time) {
  auto text = toRfc3339(time + 8 * 3600);
  if (text.size() != 20) return text;
  text[10] = ' ';
  return text.substr(0, 19) + " +08:00";
}

std::vector<std::u32string> paragraphsOf(const StampRequest& request) {
  std::vector<std::u32string> all;
  for (const auto& text : {"签章人：" + request.signer, "时间：" + inChina(request.time), "事由：" + request.reason}) {
    auto letters = fromUtf8(text);
    std::ranges::replace_if(
        letters, [](auto letter) { return letter == '\t' || letter == '\n' || letter == 0xA0; }, U' ');
    std::erase_if(letters, isInvisible);
    all.push_back(std::move(letters));
  }
  return all;
}

/// Sets words into lines: a new one begins after a blank if the line has one, else between any two letters.
class Setter {
 public:
  Setter(Caption& caption, double most) : caption_(caption), most_(most) {}

  void set(const std::u32string& words) {
    for (std::size_t from = 0, end = 0; from < words.size();
         from = std::min(words.find_first_not_of(U' ', end), words.size())) {
      end = endOfLine(words, from);
      CaptionLine line;
      for (auto at = from; at < end; ++at) line.letters.push_back(indexOf(words[at]));
      line.widthMm = widthOf(words, from, end);
      caption_.widthMm = std::max(caption_.widthMm, line.widthMm);
      caption_.lines.push_back(std::move(line));
    }
  }

 private:
  std::uint8_t indexOf(char32_t letter) const { return static_cast<std::uint8_t>(caption_.characters.find(letter)); }

  double widthOf(const std::u32string& words, std::size_t from, std::size_t end) const {
    double width = 0;
    for (auto at = from; at < end; ++at) width += caption_.glyphs[indexOf(words[at])].advance;
    return width * letterSizeMm / 1000;
  }

  std::size_t endOfLine(const std::u32string& words, std::size_t from) const {
    auto end = from + 1;
    while (end < words.size() && widthOf(words, from, end + 1) <= most_) ++end;
    if (end == words.size()) return end;
    const auto blank = words.rfind(U' ', end);
    return blank != std::u32string::npos && blank > from ? blank : end;
  }

  Caption& caption_;
  double most_;
};

}  // namespace

Result<Caption> captionFor(const StampRequest& request) {
  Caption caption;
  if (!request.textLine) return caption;
  const auto paragraphs = paragraphsOf(request);
  for (const auto& words : paragraphs)
    for (const auto letter : words)
      if (caption.characters.find(letter) == std::u32string::npos) caption.characters.push_back(letter);
  if (caption.characters.size() > mostCharacters) return badRequest("textLine");
  auto glyphs = letter::outlinesOf(caption.characters);
  if (!glyphs) return passOn(glyphs);
  caption.glyphs = *std::move(glyphs);
  Setter setter(caption, std::max(narrowestMm, request.picture.widthMm));
  for (const auto& words : paragraphs) setter.set(words);
  if (caption.lines.size() > mostLines) return badRequest("textLine");
  caption.heightMm = captionGapMm + lineHeightMm * static_cast<double>(caption.lines.size());
  return caption;
}

Area around(const Area& picture, const Caption& caption) {
  if (caption.isEmpty()) return picture;
  return {picture.xMm, picture.yMm + caption.heightMm / 2, std::max(picture.widthMm, caption.widthMm),
          picture.heightMm + caption.heightMm};
}

}  // namespace sealferry::pdf
