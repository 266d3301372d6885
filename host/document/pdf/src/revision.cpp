// SPDX-License-Identifier: Apache-2.0
#include "revision.h"

#include <algorithm>
#include <vector>

#include "lexer.h"
#include "open.h"

namespace sealferry::pdf {
namespace {

constexpr int longestChain = 4096;
constexpr std::string_view endMarker = "%%EOF";
constexpr std::string_view blanks("\0\t\n\f\r ", 6);
constexpr std::size_t farthestEnd = 4 * 1024 * 1024;
constexpr std::size_t mostEnds = 8;

/// /Prev of the dictionary whose "<<" was just read; nothing if there is none.
std::optional<std::uint64_t> previousIn(Lexer& lexer) {
  std::optional<std::uint64_t> previous;
  bool expected = false;
  for (int depth = 1; depth > 0;) {
    const auto token = lexer.next();
    if (token.kind == Token::Kind::end) return std::nullopt;
    if (token.kind == Token::Kind::openDictionary || token.kind == Token::Kind::openArray) ++depth;
    if (token.kind == Token::Kind::closeDictionary || token.kind == Token::Kind::closeArray) --depth;
    if (expected && token.kind == Token::Kind::integer && token.number >= 0)
      previous = static_cast<std::uint64_t>(token.number);
    expected = depth == 1 && token.kind == Token::Kind::name && token.text == "Prev";
  }
  return previous;
}

/// Where end-of-file markers end, the last one first. Looks at the last mebibytes only.
std::vector<std::uint64_t> endsBackwards(const Source& source, std::size_t most) {
  std::vector<std::uint64_t> ends;
  const auto start = source.size() > farthestEnd ? source.size() - farthestEnd : 0;
  const auto text = textOf(source.read(start, farthestEnd));
  for (auto at = text.rfind(endMarker); at != std::string::npos && ends.size() < most;) {
    ends.push_back(start + at + endMarker.size());
    if (at == 0) break;
    at = text.rfind(endMarker, at - 1);
  }
  return ends;
}

/// An end-of-file marker has its line to itself; the line's end may be signed too.
std::uint64_t behindLineEnd(const Source& source, std::uint64_t offset) {
  const auto next = textOf(source.read(offset, 2));
  if (next == "\r\n") return offset + 2;
  return next.starts_with('\n') || next.starts_with('\r') ? offset + 1 : offset;
}

bool isWord(const Token& token, std::string_view text) { return token.kind == Token::Kind::word && token.text == text; }

/// Where the section at `offset` says that the one before it lies. A table is read to its trailer, entry by entry.
std::optional<std::uint64_t> previousOf(const Source& source, std::uint64_t offset) {
  Lexer lexer(source);
  lexer.moveTo(offset);
  auto token = lexer.next();
  if (isWord(token, "xref")) {
    for (token = lexer.next(); !isWord(token, "trailer"); token = lexer.next())
      if (token.kind != Token::Kind::integer && token.kind != Token::Kind::word) return std::nullopt;
  } else if (token.kind != Token::Kind::integer || lexer.next().kind != Token::Kind::integer ||
             !isWord(lexer.next(), "obj")) {
    return std::nullopt;
  }
  if (lexer.next().kind != Token::Kind::openDictionary) return std::nullopt;
  return previousIn(lexer);
}

bool leadsTo(const Revision& newer, std::uint64_t target) {
  const auto header = newer.tail().headerOffset;
  auto section = newer.tail().lastXref;
  for (int i = 0; i < longestChain; ++i) {
    if (section == target) return true;
    const auto previous = previousOf(newer.source(), header + section);
    // Sections are appended, so the way back leads to the front: whatever else is a loop or an older file's trick.
    if (!previous || *previous >= section) return false;
    section = *previous;
  }
  return false;
}

}  // namespace

Result<std::unique_ptr<Revision>> Revision::open(const Source& whole, std::uint64_t end) {
  std::unique_ptr<Revision> revision(new Revision(whole, end));
  const auto tail = readTail(revision->source_);
  if (!tail) return passOn(tail);
  revision->tail_ = *tail;
  auto pdf = openDocument(std::make_shared<PartInput>(revision->source_));
  if (!pdf) return passOn(pdf);
  revision->pdf_ = *std::move(pdf);
  return revision;
}

const std::map<int, Revision::Entry>& Revision::entries() {
  if (entries_.empty())
    for (const auto& [id, place] : pdf_->getXRefTable())
      entries_.insert_or_assign(id.getObj(), Entry{id.getGen(), place});
  return entries_;
}

QPDFObjectHandle Revision::object(int number) {
  const auto found = entries().find(number);
  return found == entries_.end() ? QPDFObjectHandle::newNull() : pdf_->getObject(number, found->second.generation);
}

bool blankFrom(const Source& source, std::uint64_t offset) {
  bool blank = true;
  const auto look = [&](ByteView part) {
    blank = blank && std::ranges::all_of(part, [](auto byte) {
              return blanks.find(static_cast<char>(byte)) != std::string_view::npos;
            });
  };
  return offset >= source.size() || (eachPart(source, offset, source.size() - offset, look) && blank);
}

std::string brokenLink(const Revision& newer, const Revision& older) {
  const auto& tail = newer.tail();
  const auto& before = older.tail();
  if (tail.lastXref == before.lastXref) return "trailingBytes";
  if (tail.headerOffset != before.headerOffset || tail.headerOffset + tail.lastXref < older.end() ||
      !leadsTo(newer, before.lastXref))
    return "revisionNotLinked";
  const auto ends = endsBackwards(newer.source(), 1);
  return ends.empty() || !blankFrom(newer.source(), ends.front()) ? "trailingBytes" : "";
}

Result<std::unique_ptr<Revision>> openLast(const Source& whole) {
  auto opened = Revision::open(whole, whole.size());
  if (opened || opened.error().code == ErrorCode::document_protected) return opened;
  for (const auto end : endsBackwards(whole, mostEnds))
    if (auto earlier = Revision::open(whole, behindLineEnd(whole, end))) return earlier;
  return opened;
}

}  // namespace sealferry::pdf
