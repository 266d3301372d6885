// SPDX-License-Identifier: Apache-2.0
// Appended to a signed file: what would cost a reader its memory or its time. An answer with a name, and soon.
#include <doctest/doctest.h>
#include <zlib.h>

#include <chrono>

#include "attacker.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

const std::string& signedFile(Xref kind) {
  static std::map<Xref, std::string> made;
  auto& one = made[kind];
  if (one.empty()) one = signedBy(plainDocument(kind), kind, {});
  return one;
}

std::string packed(const std::string& content) {
  uLongf size = compressBound(content.size());
  std::string out(size, '\0');
  compress(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(content.data()), content.size());
  out.resize(size);
  return out;
}

/// Never valid, never a crash, and within a time that somebody waits.
void refused(const std::string& file) {
  const auto start = std::chrono::steady_clock::now();
  const auto report = verify(viewOf(file));
  const auto took = std::chrono::steady_clock::now() - start;
  CHECK(took < std::chrono::seconds(60));
  if (report) {
    CHECK(report->verdict == "invalid");
    return;
  }
  const auto reason = report.error().detail.at("reason");
  CHECK_MESSAGE((reason == "structure" || reason == "limits" || reason == "objectStreams"), reason);
}

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
}

}  // namespace

TEST_CASE("hostile: a stream that unpacks to a gigabyte, once or twice over") {
  const auto bomb = packed(std::string(256 * 1024 * 1024, ' '));
  Attacker once(signedFile(Xref::stream), Xref::stream);
  once.putStream(23, bomb, "/Type/ObjStm/N 2/First 10/Filter/FlateDecode");
  refused(once.finish());
  Attacker twice(signedFile(Xref::stream), Xref::stream);
  twice.putStream(23, packed(bomb), "/Type/ObjStm/N 2/First 10/Filter[/FlateDecode/FlateDecode]");
  refused(twice.finish());
}

TEST_CASE("hostile: loops of sections, fields, pages and objects") {
  for (const auto kind : {Xref::table, Xref::stream}) {
    Attacker fields(signedFile(kind), kind);
    fields.edit(10, "/T(amount)", "/T(amount)/Kids[10 0 R 60 0 R]");
    fields.put(60, "<</T(x)/Kids[10 0 R 60 0 R]/Parent 60 0 R>>");
    refused(fields.finish());
    Attacker pages(signedFile(kind), kind);
    pages.put(2, "<</Type/Pages/Kids[2 0 R]/Count 1000000>>");
    refused(pages.finish());
    Attacker itself(signedFile(kind), kind);
    itself.put(5, "5 0 R");
    itself.put(9, "60 0 R");
    itself.put(60, "9 0 R");
    refused(itself.finish());
  }
  auto loop = signedFile(Xref::table);
  const auto start = std::to_string(loop.size());
  loop += "xref\n5 1\n0000000100 00000 n \ntrailer\n<</Root 1 0 R/Size 23/Prev " + start + ">>\nstartxref\n" + start +
          "\n%%EOF\n";
  refused(loop);
}

TEST_CASE("hostile: brackets without end, and a hundred thousand deep") {
  for (const auto kind : {Xref::table, Xref::stream}) {
    Attacker open(signedFile(kind), kind);
    open.put(13, "<</Type/Annot/Subtype/Text/X[[[[<<<<");
    refused(open.finish());
    Attacker deep(signedFile(kind), kind);
    deep.put(13, nested(100'000));
    deep.edit(12, "]", nested(100'000) + "]");
    refused(deep.finish());
  }
}

TEST_CASE("hostile: thousands of sections, and of signatures in one field's kids") {
  auto file = signedFile(Xref::table);
  auto previous = Attacker(file, Xref::table).lastXref();
  for (int i = 0; i < 5000; ++i) {
    const auto start = file.size();
    file += "xref\n0 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R/Info 15 0 R/Size 23/Prev " +
            std::to_string(previous) + ">>\nstartxref\n" + std::to_string(start) + "\n%%EOF\n";
    previous = start;
  }
  refused(file);
  Attacker many(signedFile(Xref::table), Xref::table);
  std::string kids;
  const auto value = std::to_string(many.find("/Type/Sig/")) + " 0 R";
  for (int number = 1000; number < 3000; ++number) {
    many.put(number, "<</FT/Sig/T(x)/V " + value + ">>");
    kids += std::to_string(number) + " 0 R ";
  }
  many.edit(8, "/Fields[", "/Fields[" + kids);
  refused(many.finish());
}
