// SPDX-License-Identifier: Apache-2.0
#include "referrers.h"

#include <qpdf/Pipeline.hh>
#include <stdexcept>
#include <utility>

#include "lexer.h"

namespace sealferry::pdf {
namespace {

constexpr std::uint64_t mostBytes = 512ULL * 1024 * 1024;  // read for one look, all objects together
constexpr std::uint64_t largestObject = 16ULL * 1024 * 1024;
constexpr std::size_t largestUnpacked = 32UL * 1024 * 1024;  // of one object stream

/// Keeps what a stream unpacks to, as long as it is not too much.
class Collector : public Pipeline {
 public:
  Collector() : Pipeline("objects", nullptr) {}
  void write(const unsigned char* data, size_t size) override {
    if (bytes.size() + size > largestUnpacked) throw std::length_error("object stream");
    bytes.insert(bytes.end(), data, data + size);
  }
  void finish() override {}
  Bytes bytes;
};

class Look {
 public:
  Look(Revision& revision, const std::set<int>& wanted) : revision_(revision), wanted_(wanted) {}

  bool everywhere() {
    Lexer lexer(revision_.source());
    for (const auto& [number, entry] : revision_.entries()) {
      if (entry.place.getType() == 1) {
        const auto offset = revision_.tail().headerOffset + static_cast<std::uint64_t>(entry.place.getOffset());
        lexer.moveTo(offset);
        if (!through(lexer, number)) return false;
      } else {
        streams_.insert(entry.place.getObjStreamNumber());
      }
    }
    for (const int stream : streams_)
      if (!unpacked(stream)) return false;
    inTrailer();
    return true;
  }

  Referrers found;

 private:
  /// From the lexer's position to the end of the object; false when too much was read. An end inside brackets is none:
  /// some readers would go on behind it.
  bool through(Lexer& lexer, int holder) {
    Reading reading{lexer.position()};
    for (;;) {
      const auto token = take(lexer, holder, reading);
      const bool isEnd = token.kind == Token::Kind::word && (token.text == "endobj" || token.text == "stream");
      if (token.kind == Token::Kind::end || (isEnd && reading.depth <= 0)) return finish(lexer, reading);
      if (lexer.position() - reading.start > largestObject) return false;
    }
  }

  /// In an object stream nothing marks the end of an object but its own brackets.
  bool oneValue(Lexer& lexer, int holder) {
    Reading reading{lexer.position()};
    for (int tokens = 1;; ++tokens) {
      const auto token = take(lexer, holder, reading);
      const bool maybeReference = token.kind == Token::Kind::integer && tokens < 3;
      if (token.kind == Token::Kind::end || (reading.depth <= 0 && !maybeReference)) return finish(lexer, reading);
      if (lexer.position() - reading.start > largestObject) return false;
    }
  }

  struct Reading {
    std::uint64_t start;
    Token first = {}, second = {};  ///< the two tokens before
    int depth = 0;
  };

  Token take(Lexer& lexer, int holder, Reading& reading) {
    auto token = lexer.next();
    if (token.kind == Token::Kind::openDictionary || token.kind == Token::Kind::openArray) ++reading.depth;
    if (token.kind == Token::Kind::closeDictionary || token.kind == Token::Kind::closeArray) --reading.depth;
    if (token.kind == Token::Kind::word && token.text == "R") note(holder, reading.first, reading.second);
    reading.first = std::exchange(reading.second, token);
    return token;
  }

  bool finish(const Lexer& lexer, const Reading& reading) {
    read_ += lexer.position() - reading.start;
    return read_ <= mostBytes;
  }

  void note(int holder, const Token& number, const Token& generation) {
    if (number.kind != Token::Kind::integer || generation.kind != Token::Kind::integer) return;
    if (number.number <= 0 || number.number > INT32_MAX) return;
    const int target = static_cast<int>(number.number);
    if (wanted_.contains(target)) ++found[target][holder];
  }

  bool isIn(int number, int stream) {
    const auto entry = revision_.entries().find(number);
    return entry != revision_.entries().end() && entry->second.place.getType() == 2 &&
           entry->second.place.getObjStreamNumber() == stream;
  }

  /// ISO 32000-1 §7.5.7: pairs of number and offset, then, from /First on, the objects.
  bool unpacked(int stream) {
    auto object = revision_.object(stream);
    if (!object.isStream()) return false;
    auto count = object.getDict().getKey("/N"), first = object.getDict().getKey("/First");
    if (!count.isInteger() || !first.isInteger() || count.getIntValue() < 0 || first.getIntValue() < 0) return false;
    Collector collector;
    if (!object.pipeStreamData(&collector, 0, qpdf_dl_specialized, true, false)) return false;
    const MemorySource content(collector.bytes);
    Lexer header(content);
    Lexer lexer(content);
    for (long long i = 0; i < count.getIntValue() && header.position() < content.size(); ++i) {
      const auto number = header.next(), offset = header.next();
      if (number.kind != Token::Kind::integer || offset.kind != Token::Kind::integer) return false;
      if (!isIn(static_cast<int>(number.number), stream)) continue;
      lexer.moveTo(static_cast<std::uint64_t>(first.getIntValue() + offset.number));
      if (!oneValue(lexer, static_cast<int>(number.number))) return false;
    }
    return true;
  }

  void inTrailer() {
    for (const int target : wanted_)
      if (const int count = countReferences(revision_.pdf().getTrailer(), target)) found[target][0] += count;
  }

  Revision& revision_;
  const std::set<int>& wanted_;
  std::set<int> streams_;
  std::uint64_t read_ = 0;
};

}  // namespace

int countReferences(QPDFObjectHandle value, int target, int depth) {
  if (depth > 0 && value.isIndirect()) return value.getObjectID() == target ? 1 : 0;
  if (depth > deepestValue) return 0;
  int count = 0;
  if (value.isArray())
    for (int i = 0; i < value.getArrayNItems(); ++i) count += countReferences(value.getArrayItem(i), target, depth + 1);
  auto dictionary = value.isStream() ? value.getDict() : value;
  if (dictionary.isDictionary())
    for (const auto& key : dictionary.getKeys()) count += countReferences(dictionary.getKey(key), target, depth + 1);
  return count;
}

std::optional<Referrers> referrers(Revision& revision, const std::set<int>& wanted) {
  Look look(revision, wanted);
  if (!look.everywhere()) return std::nullopt;
  return std::move(look.found);
}

}  // namespace sealferry::pdf
