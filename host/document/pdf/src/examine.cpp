// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <exception>
#include <map>
#include <set>

#include "compare.h"
#include "digests.h"
#include "open.h"
#include "pdf/stamp.h"
#include "trust/cms.h"
#include "trust/timestamp.h"

namespace sealferry::pdf {
namespace {

using document::SignatureFinding;
using document::SignatureKind;

constexpr std::size_t mostSignatures = 256;

/// Nothing where the signature does not even say which digest it is over.
std::optional<trust::DigestAlgorithm> digestIn(const SignatureFinding& finding) {
  if (finding.kind == SignatureKind::ses) return trust::DigestAlgorithm::sm3;
  if (finding.kind == SignatureKind::timestamp) {
    const auto stamp = trust::readTimestamp(finding.contents, trust::cms::Tail::zeros);
    return stamp ? std::optional(stamp->digest) : std::nullopt;
  }
  const auto message = trust::cms::read(finding.contents, trust::cms::Tail::zeros);
  return message ? std::optional(message->digest) : std::nullopt;
}

class Examination {
 public:
  Examination(const Source& whole, Revision& last) : whole_(whole), last_(last) {}

  std::vector<SignatureFinding> run() {
    read();
    digest();
    compareRevisions();
    std::vector<SignatureFinding> findings;
    for (auto& value : values_) findings.push_back(std::move(value.finding));
    return findings;
  }

 private:
  void read() {
    auto fields = filledFields(last_.pdf());
    std::map<QPDFObjGen, int> uses;
    for (auto& field : fields)
      if (field.value.isIndirect()) ++uses[field.value.getObjGen()];
    const bool tooMany = fields.size() > mostSignatures;
    if (tooMany) fields.resize(mostSignatures);
    for (auto& field : fields) {
      auto value = readSignature(last_, field);
      if (field.value.isIndirect() && uses[field.value.getObjGen()] > 1)
        value.finding.defects.emplace_back("sharedSignature");
      if (tooMany) value.finding.defects.emplace_back("tooManySignatures");
      values_.push_back(std::move(value));
    }
    // A range that cannot be relied on is none.
    for (auto& value : values_)
      if (!value.finding.defects.empty()) value.range.reset();
    // In the order in which they were put on; what has no range stands before all.
    std::ranges::stable_sort(values_, {}, [](const SignatureValue& one) { return one.range ? one.range->end : 0; });
    for (std::size_t i = 1; i < values_.size(); ++i) {
      const auto &earlier = values_[i - 1].range, &later = values_[i].range;
      if (earlier && later && later->gapStart < earlier->end)
        values_[i].finding.defects.emplace_back("byteRangeOverlap");
    }
  }

  void digest() {
    std::vector<DigestOrder> orders;
    std::vector<SignatureFinding*> into;
    for (auto& value : values_) {
      const auto algorithm = value.range ? digestIn(value.finding) : std::nullopt;
      if (!algorithm) continue;
      orders.push_back({*value.range, *algorithm});
      into.push_back(&value.finding);
    }
    auto digests = digestsOf(whole_, orders);
    for (std::size_t i = 0; i < into.size(); ++i) into[i]->digest = std::move(digests[i]);
  }

  /// From each signed revision to the next, and from the last to the end: every step counts against all that were
  /// signed before it.
  void compareRevisions() {
    std::set<std::uint64_t> ends;
    for (const auto& value : values_)
      if (value.range) ends.insert(value.range->end);
    std::unique_ptr<Revision> before;
    for (const auto end : ends) {
      auto opened = end == last_.end() ? nullptr : openSigned(end);
      auto* now = end == last_.end() ? &last_ : opened.get();
      if (before) tell(before->end(), now != nullptr ? changes(*before, *now) : unreadableChanges());
      if (now != nullptr) settle(*now);
      if (opened) before = std::move(opened);
    }
    if (before && !ends.contains(last_.end())) tellRest(*before);
    if (last_.end() < whole_.size()) tellTrailing(last_.end());
  }

  std::vector<document::Change> changes(Revision& before, Revision& after) const {
    return changesBetween(before, after, permissions_);
  }

  static std::vector<document::Change> unreadableChanges() { return {{"revision", false, "revisionUnreadable"}}; }

  /// A signed revision must be a document by itself.
  std::unique_ptr<Revision> openSigned(std::uint64_t end) {
    auto revision = Revision::open(whole_, end);
    if (revision) return *std::move(revision);
    for (auto& value : values_)
      if (value.range && value.range->end == end) value.finding.defects.emplace_back("revisionUnreadable");
    return nullptr;
  }

  /// A signature has to be one in what it signed; and what it permits counts from there on.
  void settle(Revision& revision) {
    std::set<int> present;
    for (auto& field : filledFields(revision.pdf())) {
      permissions_.add(field);
      present.insert(numberOf(field));
    }
    for (auto& value : values_) {
      if (!value.range || value.range->end != revision.end()) continue;
      if (!present.contains(value.number)) value.finding.defects.emplace_back("signatureNotInRevision");
      value.finding.coversWholeFile = revision.end() == whole_.size();
    }
  }

  void tellRest(Revision& before) {
    if (blankFrom(whole_, before.end()))
      tell(before.end(), {{"trailing", true, "blankBytes"}});
    else
      tell(before.end(), changes(before, last_));
  }

  void tellTrailing(std::uint64_t from) {
    const bool blank = blankFrom(whole_, from);
    tell(from, {{"trailing", blank, blank ? "blankBytes" : "trailingBytes"}});
  }

  /// To every signature whose revision ends there or before.
  void tell(std::uint64_t end, const std::vector<document::Change>& changes) {
    for (auto& value : values_) {
      if (!value.range || value.range->end > end) continue;
      auto& known = value.finding.changesAfter;
      for (const auto& change : changes)
        if (std::ranges::find(known, change) == known.end()) known.push_back(change);
    }
  }

  const Source& whole_;
  Revision& last_;
  std::vector<SignatureValue> values_;
  Permissions permissions_;
};

}  // namespace

Result<std::vector<SignatureFinding>> examine(int descriptor) {
  try {
    const FileSource source(descriptor);
    auto last = openLast(source);
    if (!last) return passOn(last);
    auto findings = Examination(source, **last).run();
    if (findings.empty() && (*last)->end() < source.size() && !blankFrom(source, (*last)->end()))
      return unreadable("structure");
    return findings;
  } catch (const std::exception&) {
    return unreadable("structure");
  }
}

}  // namespace sealferry::pdf
