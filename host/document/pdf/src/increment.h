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
/// Offsets are known while writing, so the section needs no second pass.
class Increment {
 public:
  Increment(QPDF& pdf, const Tail& tail, std::uint64_t originalSize);

  int add(const std::string& body);                                    ///< a new object; its number
  int addStream(const std::string& dictionary, const Bytes& content);  ///< `dictionary` without << >> and /Length
  int reserveNumber() { return nextNumber_++; }
  void put(int number, const std::string& body);                   ///< for a reserved number
  void replace(QPDFObjectHandle object, const std::string& body);  ///< a new version of an indirect object

  /// Everything so far, plus cross-reference section, trailer and startxref.
  Bytes finish();
  /// Where the body of an object begins in the increment, once it was written.
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
  std::uint64_t inFile(std::uint64_t offset) const { return originalSize_ + offset - tail_.headerOffset; }

  QPDF& pdf_;
  Tail tail_;
  std::uint64_t originalSize_;
  int nextNumber_;
  std::string bytes_;
  std::map<int, Entry> entries_;
};

std::string reference(int number);

}  // namespace sealferry::pdf
