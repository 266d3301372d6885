// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <memory>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFXRefEntry.hh>

#include "pdf/source.h"
#include "tail.h"

namespace sealferry::pdf {

/// A document as it was when it ended at some byte: what a signature was put under. Parsed by itself.
class Revision {
 public:
  /// document_unreadable if the bytes up to there are no complete document.
  static Result<std::unique_ptr<Revision>> open(const Source& whole, std::uint64_t end);

  std::uint64_t end() const { return source_.size(); }
  const Source& source() const { return source_; }
  const Tail& tail() const { return tail_; }
  QPDF& pdf() const { return *pdf_; }

  /// By object number; of several generations the last one. Made once.
  struct Entry {
    int generation;
    QPDFXRefEntry place;
  };
  const std::map<int, Entry>& entries();
  /// null where there is none
  QPDFObjectHandle object(int number);

 private:
  Revision(const Source& whole, std::uint64_t end) : source_(whole, end) {}
  PrefixSource source_;
  Tail tail_;
  std::unique_ptr<QPDF> pdf_;
  std::map<int, Entry> entries_;
};

/// What is wrong with the newer one as a revision of the older one, or nothing. trailingBytes: behind its end marker,
/// or without a cross-reference section of their own, stand bytes that belong to no revision. revisionNotLinked: its
/// sections do not lead back by /Prev to the older one's last section (ISO 32000-1 §7.5.6).
std::string brokenLink(const Revision& newer, const Revision& older);

/// Is there nothing but white space from here to the end?
bool blankFrom(const Source& source, std::uint64_t offset);

/// Where the document ends that is complete and signed or not: behind its last end-of-file marker that has a readable
/// document before it. Nothing if there is none among the last few.
Result<std::unique_ptr<Revision>> openLast(const Source& whole);

}  // namespace sealferry::pdf
