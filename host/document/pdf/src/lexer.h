// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <string>

#include "pdf/source.h"

namespace sealferry::pdf {

/// A token (ISO 32000-1 §7.2, §7.3) and where it lies.
struct Token {
  enum class Kind {
    end,
    integer,
    word,
    name,
    literal,
    hexadecimal,
    openDictionary,
    closeDictionary,
    openArray,
    closeArray
  };
  Kind kind = Kind::end;
  std::uint64_t begin = 0, end = 0;
  std::int64_t number = 0;  ///< of an integer
  std::string text;         ///< of a word or a name (without "/", #xx resolved), cut off at 127 bytes
};

/// Reads tokens where they stand: of objects that nobody wants parsed, only looked through. Memory is constant, nothing
/// recurses, and whatever the bytes are, it moves on.
class Lexer {
 public:
  explicit Lexer(const Source& source) : source_(source) {}
  void moveTo(std::uint64_t offset) { position_ = offset; }
  std::uint64_t position() const { return position_; }
  Token next();

 private:
  int peek();  ///< -1 at the end
  int take();
  void skipSpace();
  void skipLiteral();
  void readName(Token& token);
  void readWord(Token& token);

  const Source& source_;
  std::uint64_t position_ = 0, bufferStart_ = 0;
  std::size_t bufferSize_ = 0;
  std::array<std::uint8_t, 8192> buffer_;
};

}  // namespace sealferry::pdf
