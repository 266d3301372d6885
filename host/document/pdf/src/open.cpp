// SPDX-License-Identifier: Apache-2.0
#include "open.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <qpdf/QPDFXRefEntry.hh>

namespace sealferry::pdf {

namespace {

constexpr long long mostEntriesLookedAt = 100'000;

/// ISO 32000-1 §7.5.7: a stream never lies inside an object stream. A table that says otherwise makes readers recurse.
bool nestsObjectStreams(QPDF& pdf) {
  auto size = pdf.getTrailer().getKey("/Size");
  if (!size.isInteger() || size.getIntValue() > mostEntriesLookedAt) return false;
  const auto table = pdf.getXRefTable();
  return std::ranges::any_of(table, [&](const auto& one) {
    if (one.second.getType() != 2) return false;
    const auto stream = table.find(QPDFObjGen(one.second.getObjStreamNumber(), 0));
    return stream != table.end() && stream->second.getType() == 2;
  });
}

/// Encrypted in whatever way: with a password, for certificates, or so that the parser gives up on it.
bool isProtected(QPDF& pdf) {
  auto trailer = pdf.getTrailer();
  return trailer.isInitialized() && trailer.isDictionary() && trailer.hasKey("/Encrypt");
}

/// The parser's remark on a /Size that is not one more than the highest number of all sections.
struct SizeRemark {
  int size = 0, highest = 0;
};

std::optional<SizeRemark> sizeRemark(const QPDFExc& warning) {
  SizeRemark remark;
  const auto read = std::sscanf(warning.getMessageDetail().c_str(),
                                "reported number of objects (%d) is not one plus the highest object number (%d)",
                                &remark.size, &remark.highest);
  return read == 2 ? std::optional(remark) : std::nullopt;
}

}  // namespace

tl::unexpected<Error> refuse(ErrorCode code, std::string reason) {
  auto failure = fail(code, "pdf");
  failure.value().detail["reason"] = std::move(reason);
  return failure;
}

tl::unexpected<Error> badRequest(std::string field) {
  auto failure = fail(ErrorCode::bad_request, "pdf");
  failure.value().detail["field"] = std::move(field);
  return failure;
}

tl::unexpected<Error> unreadable(std::string reason) {
  return refuse(ErrorCode::document_unreadable, std::move(reason));
}

Result<std::unique_ptr<QPDF>> openDocument(const std::shared_ptr<PartInput>& input) {
  auto pdf = std::make_unique<QPDF>();
  pdf->setAttemptRecovery(false);
  pdf->setSuppressWarnings(true);
  try {
    // Not by QPDF's own way of reading files, which asks the kernel at every token: twice the time on a long document.
    pdf->processInputSource(input);
    if (!pdf->getTrailer().isDictionary() || !pdf->getRoot().isDictionary()) return unreadable("structure");
    if (nestsObjectStreams(*pdf)) return unreadable("objectStreams");
  } catch (const std::exception&) {
    if (isProtected(*pdf)) return refuse(ErrorCode::document_protected, "encrypted");
    return unreadable("structure");
  }
  return pdf;
}

/// A number below /Size that no section lists is that of a null object (ISO 32000-1 §7.3.10); new ones are counted from
/// /Size on. Beyond /Size an object is to be ignored (§7.5.5), which not all readers do: such a file shows one thing
/// here and another there.
Result<void> checkWarnings(QPDF& pdf) {
  for (const auto& warning : pdf.getWarnings()) {
    const auto remark = sizeRemark(warning);
    if (!remark) return unreadable("damaged");
    if (remark->size <= remark->highest) return unreadable("size");
  }
  return {};
}

}  // namespace sealferry::pdf
