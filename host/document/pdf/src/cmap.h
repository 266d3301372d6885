// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <qpdf/QPDFObjectHandle.hh>
#include <string>
#include <vector>

namespace sealferry::pdf {

/// A CMap that a document brings with it (ISO 32000-1 §9.7.5, §9.10.3): codes to text, codes to glyphs. What is more
/// than a font can need is left out.
class CharacterMap {
 public:
  static CharacterMap read(QPDFObjectHandle stream);

  /// Bytes of the code at the start of `text`; 0 if the map does not say.
  std::size_t codeLength(std::string_view text) const;
  const std::u32string* textOf(std::uint32_t code) const;
  /// The glyph's CID; the code itself where the map says nothing.
  std::uint32_t cidOf(std::uint32_t code) const;

 private:
  class Reader;
  struct CodeSpace {
    std::size_t length;
    std::uint32_t low, high;
  };
  struct CidRange {
    std::uint32_t last, cid;
  };
  std::vector<CodeSpace> spaces_;
  std::map<std::uint32_t, std::u32string> texts_;
  std::map<std::uint32_t, CidRange> cids_;  ///< by their first code
};

/// The big-endian number that a code's bytes make; of the first four bytes.
std::uint32_t codeOf(std::string_view bytes);

}  // namespace sealferry::pdf
