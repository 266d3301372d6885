// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <exception>
#include <optional>
#include <set>

#include "date.h"
#include "form.h"
#include "open.h"
#include "pdf/stamp.h"
#include "sub_filter.h"
#include "trust/cms.h"
#include "trust/digester.h"

namespace sealferry::pdf {
namespace {

using document::SignatureFinding;

constexpr std::size_t mostSignatures = 256;
constexpr std::uint64_t largestContents = 2 * 1024 * 1024;

/// /ByteRange: two stretches with one gap between them.
struct Range {
  std::uint64_t first, gapStart, gapEnd, end;
};

std::optional<Range> readRange(QPDFObjectHandle array, std::uint64_t size) {
  if (!array.isArray() || array.getArrayNItems() != 4) return std::nullopt;
  std::array<std::uint64_t, 4> n{};
  for (int i = 0; i < 4; ++i) {
    auto item = array.getArrayItem(i);
    if (!item.isInteger() || item.getIntValue() < 0) return std::nullopt;
    n[static_cast<std::size_t>(i)] = static_cast<std::uint64_t>(item.getIntValue());
    if (n[static_cast<std::size_t>(i)] > size) return std::nullopt;
  }
  const Range range{n[0], n[0] + n[1], n[2], n[2] + n[3]};
  if (range.first != 0 || range.gapStart >= range.gapEnd || range.end > size || range.end < range.gapEnd)
    return std::nullopt;
  return range;
}

/// The gap must be /Contents and nothing else, to the byte: whatever else lay there would not be signed.
bool gapIs(const Source& source, const Range& range, const Bytes& contents) {
  if (range.gapEnd - range.gapStart > largestContents) return false;
  const auto gap = source.read(range.gapStart, range.gapEnd - range.gapStart);
  if (gap.size() < 2 || gap.front() != '<' || gap.back() != '>') return false;
  const auto decoded = fromHex(std::string_view(reinterpret_cast<const char*>(gap.data()) + 1, gap.size() - 2));
  return decoded && *decoded == contents;
}

Bytes digestOf(const Source& source, const Range& range, trust::DigestAlgorithm algorithm) {
  trust::Digester digest(algorithm);
  const auto take = [&](ByteView part) { digest.update(part); };
  if (!eachPart(source, range.first, range.gapStart, take)) return {};
  if (!eachPart(source, range.gapEnd, range.end - range.gapEnd, take)) return {};
  return digest.finish();
}

document::SignatureFormat formatOf(QPDFObjectHandle subFilter) {
  const bool ses = subFilter.isName() && subFilter.getName() == sesSubFilter;
  return ses ? document::SignatureFormat::ses : document::SignatureFormat::cades;
}

/// Nothing where the signature does not even say which digest it is over.
std::optional<trust::DigestAlgorithm> digestIn(const SignatureFinding& finding) {
  if (finding.format == document::SignatureFormat::ses) return trust::DigestAlgorithm::sm3;
  const auto message = trust::cms::read(finding.contents, trust::cms::Tail::zeros);
  if (!message) return std::nullopt;
  return message->digest;
}

bool isBlank(ByteView bytes) {
  return std::ranges::all_of(bytes,
                             [](auto byte) { return byte == '\n' || byte == '\r' || byte == ' ' || byte == '\t'; });
}

/// Whether anything came after the signed bytes. A later revision is not looked into here: what it changed is unknown,
/// and what is unknown is not permitted.
void judgeTail(const Source& source, const Range& range, SignatureFinding& finding) {
  if (range.end == source.size()) {
    finding.coversWholeFile = true;
    return;
  }
  bool blank = true;
  const bool read =
      eachPart(source, range.end, source.size() - range.end, [&](ByteView part) { blank = blank && isBlank(part); });
  finding.changesAfter.push_back({blank && read ? "trailing" : "unknown", blank && read});
}

SignatureFinding examineOne(const Source& source, SignatureField& one, bool shared) {
  SignatureFinding finding;
  if (shared) finding.defects.emplace_back("sharedSignature");
  auto contents = one.value.getKey("/Contents");
  if (!contents.isString()) {
    finding.defects.emplace_back("contents");
    return finding;
  }
  finding.contents = copyOf(viewOf(contents.getStringValue()));
  const auto range = readRange(one.value.getKey("/ByteRange"), source.size());
  if (!range) {
    finding.defects.emplace_back("byteRange");
    return finding;
  }
  if (!gapIs(source, *range, finding.contents)) finding.defects.emplace_back("byteRangeGap");
  judgeTail(source, *range, finding);
  if (auto made = one.value.getKey("/M"); made.isString()) finding.claimed = readDate(made.getUTF8Value());
  finding.format = formatOf(one.value.getKey("/SubFilter"));
  if (const auto algorithm = digestIn(finding)) finding.digest = digestOf(source, *range, *algorithm);
  return finding;
}

std::vector<SignatureFinding> examineAll(const Source& source, QPDF& pdf) {
  std::vector<SignatureFinding> findings;
  std::set<QPDFObjGen> seen;
  for (auto& one : filledFields(pdf)) {
    if (findings.size() == mostSignatures) break;
    const bool shared = one.value.isIndirect() && !seen.insert(one.value.getObjGen()).second;
    findings.push_back(examineOne(source, one, shared));
  }
  return findings;
}

}  // namespace

Result<std::vector<SignatureFinding>> examine(int descriptor) {
  try {
    const FileSource source(descriptor);
    const auto pdf = openDocument(descriptor);
    if (!pdf) return passOn(pdf);
    return examineAll(source, **pdf);
  } catch (const std::exception&) {
    return unreadable("structure");
  }
}

}  // namespace sealferry::pdf
