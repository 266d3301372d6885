// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cmap.h"
#include "simple_encoding.h"

namespace sealferry::pdf {

/// One code of a shown string.
struct Letter {
  std::u32string text;  ///< empty if the font does not tell
  double advance;       ///< in ems, along the line
  bool isSpace;         ///< the one-byte code 32, to which word spacing applies (§9.3.3)
};

/// A font as far as it says what its codes mean, and how wide they are: ToUnicode, simple encodings, the predefined
/// CMaps whose codes are characters (Unicode, GB). ISO 32000-1 §9.6 to §9.10.
class Font {
 public:
  explicit Font(QPDFObjectHandle dictionary);

  std::vector<Letter> decode(const std::string& shown) const;
  bool isVertical() const { return isVertical_; }
  double ascent() const { return ascent_; }  ///< in ems
  double descent() const { return descent_; }

 private:
  enum class Codes { oneByte, twoBytes, utf16, gb, mapped };
  void readSimple(QPDFObjectHandle dictionary);
  void readComposite(QPDFObjectHandle dictionary);
  void readEncoding(QPDFObjectHandle encoding);
  void readCidWidths(QPDFObjectHandle array);
  void readHeight(QPDFObjectHandle descriptor);
  std::size_t lengthAt(std::string_view rest) const;
  std::u32string textFor(std::string_view bytes, std::uint32_t code) const;
  double widthFor(std::uint32_t code) const;

  Codes codes_ = Codes::oneByte;
  bool isVertical_ = false;
  double ascent_ = 0.88, descent_ = -0.12;
  double glyphScale_ = 0.001;  ///< ems to a unit of the widths
  std::optional<CharacterMap> toUnicode_, encodingMap_;
  SimpleEncoding encoding_;
  std::string baseFont_;
  std::map<std::uint32_t, double> widths_;  ///< by code, or by CID
  std::optional<double> defaultWidth_;
};

}  // namespace sealferry::pdf
