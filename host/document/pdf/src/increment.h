// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <string>

#include "tail.h"

namespace sealferry::pdf {

/// Objects to append to a document, and the cross-reference section that makes them current (ISO 32000-1 §7.5.6).
/// Offsets are known while writing, so the section needs no second pass. One increment follows the other: each is
/// given the tail that the former left, and sees what it changed in the parsed document.
class Increment {
 public:
  Increment(QPDF& pdf, const Tail& tail);

  int add(const std::string& body);                                    ///< a new object; its number
  int addStream(const std::string& dictionary, const Bytes& content);  ///< `dictionary` without << >> and /Length
  /// An indirect object of the document was changed in memory: its new version is written with finish().
  void change(QPDFObjectHandle object);

  /// Everything so far, plus cross-reference section, trailer and startxref.
  Bytes finish();
  /// After finish(): what a further increment links to.
  const Tail& tail() const { return tail_; }
  /// Where an object begins in the increment ("7 0 obj"), once it was written.
  std::uint64_t offsetOf(int number) const { return entries_.at(number).offset; }

 private:
  struct Entry {
    int generation;
    std::uint64_t offset;  ///< in the increment
  };
  void write(int number, int generation, const std::string& body);
  std::string trailerMembers();
  void writeTable();
  void writeStream();
  std::uint64_t inFile(std::uint64_t offset) const { return tail_.fileSize + offset - tail_.headerOffset; }

  QPDF& pdf_;
  Tail tail_;
  std::string bytes_;
  std::map<int, Entry> entries_;
  std::map<QPDFObjGen, QPDFObjectHandle> changed_;
};

std::string reference(int number);

}  // namespace sealferry::pdf
