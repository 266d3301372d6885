// SPDX-License-Identifier: Apache-2.0
#include "increment.h"

#include <cstdio>
#include <vector>

namespace sealferry::pdf {
namespace {

/// Runs of consecutive numbers: each becomes a subsection.
struct Run {
  int first, count;
};

template <class Entries>
std::vector<Run> runsOf(const Entries& entries) {
  std::vector<Run> runs;
  for (const auto& [number, entry] : entries) {
    if (!runs.empty() && runs.back().first + runs.back().count == number) {
      ++runs.back().count;
    } else {
      runs.push_back({number, 1});
    }
  }
  return runs;
}

void appendNumber(std::string& to, std::uint64_t value, int width) {
  for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) to.push_back(static_cast<char>(value >> shift & 0xFF));
}

}  // namespace

std::string reference(int number) { return std::to_string(number) + " 0 R"; }

Increment::Increment(QPDF& pdf, const Tail& tail) : pdf_(pdf), tail_(tail) {
  if (!tail.endsWithNewline) bytes_ = "\n";
}

void Increment::write(int number, int generation, const std::string& body) {
  entries_[number] = {generation, bytes_.size()};
  bytes_ += std::to_string(number) + " " + std::to_string(generation) + " obj\n" + body + "\nendobj\n";
}

int Increment::add(const std::string& body) {
  const int number = tail_.nextNumber++;
  write(number, 0, body);
  return number;
}

int Increment::addStream(const std::string& dictionary, const Bytes& content) {
  std::string body = "<<" + dictionary + " /Length " + std::to_string(content.size()) + ">>\nstream\n";
  body.append(content.begin(), content.end());
  return add(body + "\nendstream");
}

void Increment::change(QPDFObjectHandle object) { changed_.emplace(object.getObjGen(), object); }

/// What carries over: the catalog, /Info and /ID; everything else belongs to one section only.
std::string Increment::trailerMembers() {
  auto trailer = pdf_.getTrailer();
  std::string members = " /Prev " + std::to_string(tail_.lastXref) + " /Size " + std::to_string(tail_.nextNumber);
  for (const auto* name : {"/Root", "/Info", "/ID"})
    if (trailer.hasKey(name)) members += std::string(" ") + name + " " + trailer.getKey(name).unparse();
  return members;
}

void Increment::writeTable() {
  const auto start = bytes_.size();
  bytes_ += "xref\n";
  for (const auto& run : runsOf(entries_)) {
    bytes_ += std::to_string(run.first) + " " + std::to_string(run.count) + "\n";
    for (int number = run.first; number < run.first + run.count; ++number) {
      char line[32];
      const auto& entry = entries_.at(number);
      std::snprintf(line, sizeof line, "%010llu %05d n \n", static_cast<unsigned long long>(inFile(entry.offset)),
                    entry.generation);
      bytes_ += line;
    }
  }
  bytes_ += "trailer\n<<" + trailerMembers() + ">>\nstartxref\n" + std::to_string(inFile(start)) + "\n%%EOF\n";
}

void Increment::writeStream() {
  const int own = tail_.nextNumber++;
  const auto start = bytes_.size();
  entries_[own] = {0, start};  // the section lists itself, as QPDF and others expect
  std::string index, data;
  for (const auto& run : runsOf(entries_)) {
    index += std::to_string(run.first) + " " + std::to_string(run.count) + " ";
    for (int number = run.first; number < run.first + run.count; ++number) {
      const auto& entry = entries_.at(number);
      data.push_back(1);
      appendNumber(data, inFile(entry.offset), 8);
      appendNumber(data, static_cast<std::uint64_t>(entry.generation), 2);
    }
  }
  bytes_ += std::to_string(own) + " 0 obj\n<</Type /XRef /W [1 8 2] /Index [" + index + "]" + trailerMembers() +
            " /Length " + std::to_string(data.size()) + ">>\nstream\n" + data + "\nendstream\nendobj\nstartxref\n" +
            std::to_string(inFile(start)) + "\n%%EOF\n";
}

Bytes Increment::finish() {
  for (auto& [id, object] : changed_) write(id.getObj(), id.getGen(), object.unparseResolved());
  const auto section = bytes_.size();
  if (tail_.xrefIsStream) {
    writeStream();
  } else {
    writeTable();
  }
  tail_.lastXref = inFile(section);
  tail_.fileSize += bytes_.size();
  tail_.endsWithNewline = true;
  return {bytes_.begin(), bytes_.end()};
}

}  // namespace sealferry::pdf
