// SPDX-License-Identifier: Apache-2.0
#include "long_kids.h"

#include "lexer.h"

namespace sealferry::pdf {
namespace {

constexpr std::size_t fewest = 1000;
constexpr std::size_t mostKids = 10'000'000;
constexpr std::int64_t largestGeneration = 65'535;
/// The parser may have the beginning of an object in hand already, from reading the one before (128 bytes in QPDF's
/// InputSource), so that is left as it is.
constexpr std::uint64_t leftToParser = 4096;

using Kind = Token::Kind;

bool begins(Lexer& lexer, QPDFObjGen object) {
  const auto number = lexer.next(), generation = lexer.next(), word = lexer.next();
  return number.kind == Kind::integer && number.number == object.getObj() && generation.kind == Kind::integer &&
         generation.number == object.getGen() && word.kind == Kind::word && word.text == "obj";
}

/// From behind the opening bracket to behind the closing one.
bool readList(Lexer& lexer, std::uint64_t from, LongKids& kids) {
  for (;;) {
    const auto number = lexer.next();
    if (kids.begin == 0 && number.begin >= from) {
      kids.begin = number.begin;
      kids.shown = kids.list.size();
    }
    if (number.kind == Kind::closeArray) {
      kids.end = number.begin;
      return kids.begin != 0;
    }
    const auto generation = lexer.next(), word = lexer.next();
    if (number.kind != Kind::integer || number.number <= 0 || number.number > INT32_MAX) return false;
    if (generation.kind != Kind::integer || generation.number < 0 || generation.number > largestGeneration)
      return false;
    if (word.kind != Kind::word || word.text != "R" || kids.list.size() == mostKids) return false;
    kids.list.emplace_back(static_cast<int>(number.number), static_cast<int>(generation.number));
  }
}

bool opens(Kind kind) { return kind == Kind::openDictionary || kind == Kind::openArray; }
bool closes(Kind kind) { return kind == Kind::closeDictionary || kind == Kind::closeArray; }

/// From behind a value's opening bracket to behind its closing one.
bool skip(Lexer& lexer) {
  for (int depth = 1; depth > 0;) {
    const auto kind = lexer.next().kind;
    if (kind == Kind::end) return false;
    if (opens(kind)) ++depth;
    if (closes(kind)) --depth;
  }
  return true;
}

}  // namespace

std::optional<LongKids> longKidsAt(const Source& source, std::uint64_t offset, QPDFObjGen object) {
  Lexer lexer(source);
  lexer.moveTo(offset);
  if (!begins(lexer, object) || lexer.next().kind != Kind::openDictionary) return std::nullopt;
  std::optional<LongKids> found;
  auto key = lexer.next();
  while (key.kind == Kind::name) {
    auto value = lexer.next();
    if (key.text == "Kids") {
      // Twice there is twice read: which of them counts is the parser's to say.
      if (found || value.kind != Kind::openArray || !readList(lexer, offset + leftToParser, found.emplace()))
        return std::nullopt;
    } else if (opens(value.kind) && !skip(lexer)) {
      return std::nullopt;
    }
    key = lexer.next();
    // The rest of a reference. Whatever else has no name before it is damage, which the parser finds.
    while (key.kind == Kind::integer || (key.kind == Kind::word && key.text == "R")) key = lexer.next();
  }
  if (key.kind != Kind::closeDictionary || !found || found->list.size() < fewest) return std::nullopt;
  return found;
}

}  // namespace sealferry::pdf
