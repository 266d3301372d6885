// SPDX-License-Identifier: Apache-2.0
#include "signature_value.h"

#include <array>
#include <set>
#include <vector>

#include "date.h"
#include "lexer.h"
#include "sub_filter.h"

namespace sealferry::pdf {
namespace {

using document::SignatureKind;

constexpr std::uint64_t largestContents = 2 * 1024 * 1024;
constexpr std::size_t mostTokens = 100'000;

std::optional<Range> readRange(QPDFObjectHandle array, std::uint64_t size) {
  if (!array.isArray() || array.getArrayNItems() != 4) return std::nullopt;
  std::array<std::uint64_t, 4> n{};
  for (int i = 0; i < 4; ++i) {
    auto item = array.getArrayItem(i);
    if (!item.isInteger() || item.getIntValue() < 0) return std::nullopt;
    n[static_cast<std::size_t>(i)] = static_cast<std::uint64_t>(item.getIntValue());
    if (n[static_cast<std::size_t>(i)] > size) return std::nullopt;
  }
  const Range range{n[1], n[2], n[2] + n[3]};
  if (n[0] != 0 || range.gapStart >= range.gapEnd || range.end > size) return std::nullopt;
  return range;
}

/// What a gap holds that is one hexadecimal string and nothing else, to the byte: whatever else lay there would not be
/// signed. Some signers sign the two brackets too: the less is left out, the better.
std::optional<Bytes> gapContents(const Source& source, const Range& range) {
  if (range.gapEnd - range.gapStart > largestContents) return std::nullopt;
  const auto gap = textOf(source.read(range.gapStart, static_cast<std::size_t>(range.gapEnd - range.gapStart)));
  if (gap.size() >= 2 && gap.front() == '<' && gap.back() == '>') return fromHex(gap.substr(1, gap.size() - 2));
  return fromHex(gap);
}

/// How a dictionary is written down.
struct Written {
  bool twice = false;  ///< a key is there twice: readers differ in which one they take
  Token contents;      ///< the value of /Contents
};

/// Reads on from behind "N G obj" to the dictionary's end. `inside`: the dictionary meant is the value of this key in
/// the one that comes first; empty: that one itself.
class Writing {
 public:
  Writing(Lexer& lexer, std::string inside) : lexer_(lexer), inside_(std::move(inside)) {}

  std::optional<Written> read() {
    using Kind = Token::Kind;
    for (std::size_t i = 0; i < mostTokens; ++i) {
      const auto token = lexer_.next();
      if (token.kind == Kind::end) return std::nullopt;
      if (token.kind == Kind::closeDictionary || token.kind == Kind::closeArray) {
        if (open_.empty()) return std::nullopt;
        const bool meant = open_.back().meant;
        open_.pop_back();
        if (meant) return written_;
        if (open_.empty()) return std::nullopt;
      } else if (token.kind == Kind::name && !open_.empty() && open_.back().awaitsKey) {
        takeKey(token.text);
      } else {
        takeValue(token);
      }
    }
    return std::nullopt;
  }

 private:
  struct Level {
    bool isDictionary = false, meant = false, awaitsKey = false;
    std::string key = {};
    std::set<std::string> keys = {};
  };

  void takeKey(const std::string& key) {
    auto& level = open_.back();
    if (!level.keys.insert(key).second && (level.meant || open_.size() == 1)) written_.twice = true;
    level.key = key;
    level.awaitsKey = false;
  }

  void takeValue(const Token& token) {
    using Kind = Token::Kind;
    const bool isFirst = open_.empty();
    const std::string key = isFirst ? std::string() : open_.back().key;
    const bool isMember = !isFirst && open_.back().isDictionary && !open_.back().awaitsKey;
    if (isMember && open_.back().meant && key == "Contents") written_.contents = token;
    if (isMember) open_.back().awaitsKey = true;
    if (token.kind == Kind::openArray) open_.push_back({});
    if (token.kind != Kind::openDictionary) return;
    const bool meant = inside_.empty() ? isFirst : isMember && open_.size() == 1 && key == inside_;
    open_.push_back({true, meant, true});
  }

  Lexer& lexer_;
  std::string inside_;
  std::vector<Level> open_;
  Written written_;
};

std::optional<Written> writingOf(Revision& document, SignatureField& signature) {
  const bool own = signature.value.isIndirect();
  auto& holder = own ? signature.value : signature.field;
  const auto& entries = document.entries();
  const auto found = holder.isIndirect() ? entries.find(holder.getObjectID()) : entries.end();
  // In an object stream its /Contents could not lie in the file as it is.
  if (found == entries.end() || found->second.place.getType() != 1) return std::nullopt;
  Lexer lexer(document.source());
  lexer.moveTo(document.tail().headerOffset + static_cast<std::uint64_t>(found->second.place.getOffset()));
  if (lexer.next().number != holder.getObjectID()) return std::nullopt;
  lexer.next();
  if (lexer.next().text != "obj") return std::nullopt;
  return Writing(lexer, own ? "" : "V").read();
}

SignatureKind signatureKindOf(QPDFObjectHandle subFilter) {
  const auto name = subFilter.isName() ? subFilter.getName() : std::string();
  if (name == cadesSubFilter) return SignatureKind::pades;
  if (name == pkcs7SubFilter) return SignatureKind::pkcs7;
  if (name == timestampSubFilter) return SignatureKind::timestamp;
  if (name == sesSubFilter) return SignatureKind::ses;
  return SignatureKind::unknown;
}

/// With its brackets or without.
bool isGap(const Range& range, const Token& contents) {
  if (contents.kind != Token::Kind::hexadecimal) return false;
  return (contents.begin == range.gapStart && contents.end == range.gapEnd) ||
         (contents.begin + 1 == range.gapStart && contents.end == range.gapEnd + 1);
}

void judgeWriting(Revision& document, SignatureField& signature, SignatureValue& value) {
  auto& defects = value.finding.defects;
  const auto contents = gapContents(document.source(), *value.range);
  // /Contents is never encrypted (ISO 32000-1 §7.6.1), but a reader might decrypt it.
  if (contents && document.pdf().isEncrypted()) value.finding.contents = *contents;
  if (!contents || *contents != value.finding.contents) defects.emplace_back("byteRangeGap");
  const auto written = writingOf(document, signature);
  if (written && written->twice) defects.emplace_back("duplicateKey");
  const bool fits = written && isGap(*value.range, written->contents);
  if (!fits && defects.empty()) defects.emplace_back("contentsPlace");
}

}  // namespace

int numberOf(SignatureField& signature) {
  return signature.value.isIndirect() ? signature.value.getObjectID() : signature.field.getObjectID();
}

SignatureValue readSignature(Revision& document, SignatureField& signature) {
  SignatureValue value;
  value.number = numberOf(signature);
  auto& finding = value.finding;
  auto& dictionary = signature.value;
  finding.kind = signatureKindOf(dictionary.getKey("/SubFilter"));
  if (finding.kind == SignatureKind::unknown) finding.defects.emplace_back("subFilter");
  if (auto made = dictionary.getKey("/M"); made.isString()) finding.claimed = readDate(made.getUTF8Value());
  auto contents = dictionary.getKey("/Contents");
  if (!contents.isString()) {
    finding.defects.emplace_back("contents");
    return value;
  }
  finding.contents = copyOf(viewOf(contents.getStringValue()));
  value.range = readRange(dictionary.getKey("/ByteRange"), document.source().size());
  if (value.range) {
    judgeWriting(document, signature, value);
  } else {
    finding.defects.emplace_back("byteRange");
  }
  return value;
}

}  // namespace sealferry::pdf
