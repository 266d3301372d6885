// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <qpdf/InputSource.hh>
#include <string>
#include <vector>

#include "long_kids.h"
#include "pdf/source.h"

namespace sealferry::pdf {

/// A source as QPDF wants to read it, which must outlive it.
class PartInput : public InputSource {
 public:
  explicit PartInput(const Source& source) : source_(source), buffer_(16384) {}
  qpdf_offset_t findAndSkipNextEOL() override;
  const std::string& getName() const override { return name_; }
  qpdf_offset_t tell() override { return static_cast<qpdf_offset_t>(position_); }
  void seek(qpdf_offset_t offset, int whence) override;
  void rewind() override { position_ = 0; }
  size_t read(char* into, size_t length) override;
  void unreadCh(char) override { position_ -= position_ > 0 ? 1 : 0; }

  /// While `resolve` has the parser read this object: if it is a node with long /Kids, most of them are spaces to the
  /// parser, now and later, and all of them are answered here.
  std::optional<LongKids> showWithoutLongKids(QPDFObjGen object, const std::function<void()>& resolve);

 private:
  bool fill();         ///< so that the byte at the position is in the buffer; false at the end
  int letter() const;  ///< at the position, which is in the buffer
  void blankOut();     ///< what the parser is not shown of the buffer
  void lookForKids(QPDFObjGen object);

  const Source& source_;
  std::string name_ = "document";
  Bytes buffer_;
  std::uint64_t position_ = 0, bufferStart_ = 0;
  std::size_t bufferSize_ = 0;
  std::map<std::uint64_t, std::uint64_t> blanks_;  ///< from there to there
  std::optional<QPDFObjGen> expected_;             ///< what lies where the parser goes next
  std::optional<LongKids> kids_;
};

}  // namespace sealferry::pdf
