// SPDX-License-Identifier: Apache-2.0
#include "attacker.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>

#include "document/words.h"
#include "trust/digester.h"

namespace sealferry::test {
namespace {

std::string streamBody(const std::string& content, const std::string& dictionary = "") {
  return "<<" + dictionary + "/Length " + std::to_string(content.size()) + ">>\nstream\n" + content + "\nendstream";
}

std::string objectText(int number, const std::string& body) {
  return std::to_string(number) + " 0 obj\n" + body + "\nendobj\n";
}

std::string entryLine(std::int64_t offset) {
  char line[32];
  std::snprintf(line, sizeof line, "%010lld %05d %c \n", static_cast<long long>(std::max<std::int64_t>(offset, 0)),
                offset < 0 ? 65535 : 0, offset < 0 ? 'f' : 'n');
  return line;
}

std::string big(std::uint64_t value, int bytes) {
  std::string text;
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) text.push_back(static_cast<char>(value >> shift & 0xff));
  return text;
}

std::string row(int type, std::uint64_t field, int last) {
  return big(static_cast<std::uint64_t>(type), 1) + big(field, 4) + big(static_cast<std::uint64_t>(last), 2);
}

std::string ending(std::size_t start) { return "startxref\n" + std::to_string(start) + "\n%%EOF\n"; }

std::map<int, std::string> plainObjects() {
  const std::string look = "/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</Helv 9 0 R>>>>";
  const std::string widget = "<</Type/Annot/Subtype/Widget/FT/Tx/F 4/P 3 0 R/DA(/Helv 12 Tf 0 g)";
  return {
      {1, "<</Type/Catalog/Pages 2 0 R/AcroForm 8 0 R/Metadata 14 0 R>>"},
      {2, "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>"},
      {3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources 7 0 R/Annots 12 0 R>>"},
      {4, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents[6 0 R 400 0 R]/Resources 7 0 R>>"},
      {5, streamBody("BT /F1 24 Tf 72 700 Td (We pay 100 yuan) Tj ET /Look Do")},
      {6, streamBody("BT /F1 24 Tf 72 700 Td (Second page) Tj ET")},
      {7, "<</Font<</F1 9 0 R>>/XObject<</Look 18 0 R>>>>"},
      {8, "<</Fields[10 0 R 17 0 R 19 0 R 21 0 R]/DA(/Helv 0 Tf 0 g)/DR<</Font<</Helv 9 0 R>>>>>>"},
      {9, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"},
      {10, widget + "/T(amount)/V(100)/Rect[72 600 172 620]/AP<</N 11 0 R>>>>"},
      {11, streamBody("/Tx BMC BT /Helv 12 Tf (100) Tj ET EMC", look)},
      {12, "[10 0 R 13 0 R 17 0 R 19 0 R]"},
      {13, "<</Type/Annot/Subtype/Text/Rect[300 600 320 620]/Contents(a note)>>"},
      {14, streamBody("<x:xmpmeta/>", "/Type/Metadata/Subtype/XML")},
      {15, "<</Producer(somebody)>>"},
      {16, "<</Type/OCG/Name(layer)>>"},
      {17, widget + "/T(shared)/V(1)/Rect[72 560 172 580]/AP<</N 18 0 R>>>>"},
      {18, streamBody("/Tx BMC BT /Helv 12 Tf (1) Tj ET EMC", look)},
      {19, widget + "/T(between)/V(1)/Rect[72 520 172 540]/AP 20 0 R>>"},
      {20, "<</N 22 0 R>>"},
      {21, "<</Type/Annot/Subtype/Widget/FT/Sig/T(empty)/F 4/P 3 0 R/Rect[0 0 0 0]>>"},
      {22, streamBody("/Tx BMC BT /Helv 12 Tf (1) Tj ET EMC", look)},
  };
}

constexpr int firstFree = 23;

std::string withTable(std::string text, const std::map<int, std::string>& objects) {
  std::map<int, std::int64_t> offsets;
  for (const auto& [number, body] : objects) {
    offsets[number] = static_cast<std::int64_t>(text.size());
    text += objectText(number, body);
  }
  const auto start = text.size();
  text += "xref\n0 " + std::to_string(firstFree) + "\n";
  for (int number = 0; number < firstFree; ++number)
    text += entryLine(offsets.contains(number) ? offsets[number] : std::int64_t{-1});
  return text + "trailer\n<</Root 1 0 R/Info 15 0 R/Size " + std::to_string(firstFree) + "/ID[<01><01>]>>\n" +
         ending(start);
}

/// What is no stream goes into one object stream.
std::string withStreams(std::string text, const std::map<int, std::string>& objects) {
  const int container = firstFree, section = firstFree + 1;
  std::string header, packed, rows = row(0, 0, 65535);
  std::map<int, int> places;
  std::map<int, std::size_t> offsets;
  for (const auto& [number, body] : objects) {
    if (body.find("endstream") == std::string::npos) {
      places[number] = static_cast<int>(places.size());
      header += std::to_string(number) + " " + std::to_string(packed.size()) + " ";
      packed += body + " ";
    } else {
      offsets[number] = text.size();
      text += objectText(number, body);
    }
  }
  offsets[container] = text.size();
  text += objectText(container, streamBody(header + packed, "/Type/ObjStm/N " + std::to_string(places.size()) +
                                                                "/First " + std::to_string(header.size())));
  offsets[section] = text.size();
  for (int number = 1; number <= section; ++number)
    rows += places.contains(number) ? row(2, container, places[number]) : row(1, offsets[number], 0);
  text += objectText(section, streamBody(rows, "/Type/XRef/Root 1 0 R/Info 15 0 R/ID[<01><01>]/W[1 4 2]/Size " +
                                                   std::to_string(section + 1)));
  return text + ending(offsets[section]);
}

std::size_t findLast(const std::string& text, const std::string& what) {
  const auto at = text.rfind(what);
  REQUIRE_MESSAGE(at != std::string::npos, what);
  return at;
}

}  // namespace

std::string plainDocument(Xref kind) {
  // The other content lies in the file already: a later table would only have to point there.
  const auto text =
      "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + objectText(5, streamBody("BT /F1 24 Tf 72 700 Td (We pay 1) Tj ET"));
  return kind == Xref::table ? withTable(text, plainObjects()) : withStreams(text, plainObjects());
}

Attacker::Attacker(std::string file, Xref kind) : file_(std::move(file)), kind_(kind) {}

void Attacker::put(int number, const std::string& body) {
  entries_[number] = static_cast<std::int64_t>(file_.size() + increment_.size());
  increment_ += objectText(number, body);
}

void Attacker::putStream(int number, const std::string& content, const std::string& dictionary) {
  put(number, streamBody(content, dictionary));
}

void Attacker::pointTo(int number, std::uint64_t offset) { entries_[number] = static_cast<std::int64_t>(offset); }

void Attacker::takeOver() {
  linked_ = false;
  for (int number = 1; number < 60; ++number) {
    const auto at = file_.rfind("\n" + std::to_string(number) + " 0 obj\n");
    if (at != std::string::npos)
      pointTo(number, at + 1);
    else if (plainObjects().contains(number))
      put(number, plainObjects().at(number));
  }
}

void Attacker::free(int number) { entries_[number] = -1; }

std::string Attacker::body(int number) const {
  const auto whole = file_ + increment_;
  const auto head = "\n" + std::to_string(number) + " 0 obj\n";
  const auto at = whole.rfind(head);
  if (at == std::string::npos) return plainObjects().at(number);  // in the object stream
  const auto start = at + head.size();
  return whole.substr(start, whole.find("\nendobj", start) - start);
}

void Attacker::edit(int number, const std::string& from, const std::string& to) {
  auto text = body(number);
  const auto at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, text);
  put(number, text.replace(at, from.size(), to));
}

int Attacker::find(const std::string& what) const {
  const auto at = findLast(file_, what);
  const auto head = file_.rfind(" 0 obj", at);
  auto start = head;
  while (start > 0 && file_[start - 1] >= '0' && file_[start - 1] <= '9') --start;
  return std::stoi(file_.substr(start, head - start));
}

std::uint64_t Attacker::lastXref() const { return std::stoull(file_.substr(findLast(file_, "startxref") + 9)); }

/// One more than the highest number.
int Attacker::size() const {
  const auto said = file_.substr(findLast(file_, "/Size") + 5);
  return std::max(std::stoi(said), entries_.empty() ? 0 : entries_.rbegin()->first + 1);
}

std::string Attacker::finish() {
  auto text = file_ + increment_;
  const auto start = text.size();
  const int own = size();
  if (kind_ == Xref::stream) entries_[own] = static_cast<std::int64_t>(start);
  std::string table, rows, index;
  for (const auto& [number, offset] : entries_) {
    table += std::to_string(number) + " 1\n" + entryLine(offset);
    rows += offset < 0 ? row(0, 0, 65535) : row(1, static_cast<std::uint64_t>(offset), 0);
    index += std::to_string(number) + " 1 ";
  }
  const auto previous = linked_ ? "/Prev " + std::to_string(lastXref()) : std::string();
  const auto members = trailer_.empty() ? std::string("/Root 1 0 R/Info 15 0 R") : trailer_;
  const auto all = members + previous + "/ID[<01><02>]/Size " + std::to_string(size());
  if (kind_ == Xref::table) return text + "xref\n" + table + "trailer\n<<" + all + ">>\n" + ending(start);
  return text + objectText(own, streamBody(rows, "/Type/XRef/W[1 4 2]/Index[" + index + "]" + all)) + ending(start);
}

Bytes cmsOver(ByteView digest, const trust::cms::Request* like) {
  trust::cms::Request request =
      like != nullptr ? *like : trust::cms::Request{signer().certificate, trust::SignatureAlgorithm::rsaSha256};
  request.contentDigest = copyOf(digest);
  return complete(trust::cms::prepare(std::move(request)).value(), signer().key);
}

std::string signedBy(const std::string& file, Xref kind, const SigningHabits& habits) {
  const auto room = habits.room;
  Attacker appender(file, kind);
  const int value = 100 + static_cast<int>(file.size() % 97), field = value + 100;  // fresh each time
  const std::string placeholder = "[0 @@@@@@@@@@ ########## $$$$$$$$$$]";
  appender.put(value, "<</Type" + habits.type + "/Filter/Adobe.PPKLite/SubFilter" + habits.subFilter + "/ByteRange" +
                          placeholder + habits.members + "/Contents " + habits.open + std::string(room, '0') +
                          habits.close + "/Padding(        )>>");
  const auto reference = std::to_string(value) + " 0 R";
  if (habits.existingField != 0) {
    appender.edit(habits.existingField, "/FT/Sig", "/FT/Sig/V " + reference + habits.field);
  } else {
    appender.put(field, "<</Type/Annot/Subtype/Widget/FT/Sig/T(s" + std::to_string(field) + ")/F 132/Rect[0 0 0 0]/V " +
                            reference + habits.field + ">>");
    appender.edit(8, "/Fields[", "/Fields[" + std::to_string(field) + " 0 R ");
  }
  auto text = appender.finish();
  const auto digits = findLast(text, std::string(room, '0'));
  const auto start = digits - habits.open.size() - static_cast<std::size_t>(habits.widerBefore);
  const auto end = digits + room + habits.close.size() + static_cast<std::size_t>(habits.widerAfter);
  const auto set = [&](const std::string& mark, std::size_t number) {
    char padded[16];
    std::snprintf(padded, sizeof padded, "%-10zu", number);
    text.replace(findLast(text, mark), 10, padded);
  };
  set("@@@@@@@@@@", start);
  set("##########", end);
  set("$$$$$$$$$$", text.size() - end);
  const auto covered = text.substr(0, start) + text.substr(end);
  const auto digest = trust::digestOf(habits.digest, viewOf(covered));
  const auto hex = toHex(habits.token     ? habits.token(viewOf(covered))
                         : habits.message ? habits.message(digest)
                                          : cmsOver(digest));
  REQUIRE(hex.size() <= room);
  return text.replace(digits, hex.size(), hex);
}

document::Report reportOn(const std::string& file) {
  const auto report = verify(viewOf(file));
  if (report) {
    for (const auto& signature : report->signatures) {
      for (const auto& reason : signature.reasons) CHECK_MESSAGE(document::wordsOf(reason) != nullptr, reason);
      for (const auto& change : signature.changesAfter)
        CHECK_MESSAGE(document::wordsOf(change.reason) != nullptr, change.reason);
    }
    return *report;
  }
  return {.kind = "pdf", .verdict = "unreadable", .intact = false, .signatures = {}};
}

bool has(const document::SignatureReport& signature, const std::string& reason, bool permitted) {
  return std::ranges::any_of(signature.changesAfter, [&](const auto& change) {
    return change.reason == reason && change.permitted == permitted;
  });
}

}  // namespace sealferry::test
