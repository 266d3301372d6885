// SPDX-License-Identifier: Apache-2.0
// Signer, time and reason printed under a stamp: readable, upright, found by searches, of letters that are in the
// document.
#include <doctest/doctest.h>

#include <algorithm>

#include "drawn.h"
#include "made.h"
#include "stamped.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

document::StampRequest captioned(unsigned page, double xMm, double yMm) {
  auto request = requestAt(page, xMm, yMm);
  request.textLine = true;
  return request;
}

/// The page's text as pdftotext reads it, without blanks.
std::string wordsOf(const Bytes& pdf) {
  const TemporaryFolder folder;
  writeFile(folder / "a.pdf", pdf);
  REQUIRE(run("pdftotext '" + (folder / "a.pdf").string() + "' '" + (folder / "a.txt").string() + "'") == 0);
  auto text = textOf(readFile(folder / "a.txt"));
  std::erase_if(text, [](char letter) { return letter == ' ' || letter == '\n' || letter == '\f'; });
  return text;
}

bool isInk(const Drawn& page, int x, int y) {
  const auto colour = page.colour(x, y);
  return colour != "white" && colour != "outside";
}

/// Of the ink in a box of 50 × 11 mm under the stamp on one page, the part that is at the same place on the other.
double shared(const Drawn& one, const Drawn& other, double xMm, double yMm) {
  const int left = static_cast<int>(xMm * 10) - 250, top = static_cast<int>(yMm * 10) + 104;
  int ink = 0, same = 0;
  for (int y = top; y < top + 110; ++y)
    for (int x = left; x < left + 500; ++x) {
      if (!isInk(one, x, y)) continue;
      ++ink;
      bool near = false;  // a page turned is not cut at the same part of a pixel
      for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx) near = near || isInk(other, x + dx, y + dy);
      same += near ? 1 : 0;
    }
  return ink < 2000 ? 0 : static_cast<double>(same) / ink;
}

bool contains(const Bytes& pdf, std::string_view what) {
  return std::string_view(reinterpret_cast<const char*>(pdf.data()), pdf.size()).find(what) != std::string_view::npos;
}

Error refusal(const document::StampRequest& request, const Bytes& pdf = pageWith(0, false)) {
  const TemporaryFolder folder;
  writeFile(folder / "a.pdf", pdf);
  const auto stamped = stamp(folder / "a.pdf", request);
  REQUIRE_FALSE(stamped.has_value());
  return stamped.error();
}

std::string fieldOf(const Error& error) {
  const auto field = error.detail.find("field");
  return field == error.detail.end() ? "" : field->second;
}

}  // namespace

TEST_CASE("what is printed under a stamp is upright and where it belongs, whatever the page's rotation and crop box") {
  const TemporaryFolder folder;
  for (const bool cropped : {false, true}) {
    std::optional<Drawn> upright;
    for (const int rotation : {0, 90, 180, 270}) {
      CAPTURE(rotation);
      CAPTURE(cropped);
      const auto original = pageWith(rotation, cropped);
      writeFile(folder / "page.pdf", original);
      const auto stamped = stamp(folder / "page.pdf", captioned(1, 36, 24));
      REQUIRE(stamped.has_value());
      CHECK(std::equal(original.begin(), original.end(), stamped->begin()));
      const auto page = draw(*stamped);
      CHECK(page.colourAt(36 - 7, 24 - 7) == "blue");
      CHECK(page.colourAt(36 + 7, 24 + 7) == "red");
      CHECK(page.colourAt(36 - 12, 24) == "white");
      if (!upright) upright = page;
      CHECK(shared(*upright, page, 36, 24) > 0.97);
      CHECK(shared(page, *upright, 36, 24) > 0.97);
      CHECK(wordsOf(*stamped).find("签章人：某某有限公司时间：2026-11-22") != std::string::npos);
      CHECK(wordsOf(*stamped).find("+08:00事由：测试盖章") != std::string::npos);
      const auto signatures = pdfsig(*stamped);
      REQUIRE(signatures.size() == 1);
      CHECK((signatures[0].valid && signatures[0].whole));
      CHECK(verify(*stamped)->verdict == "valid");
      CHECK(qpdfCheck(*stamped) == 0);
    }
  }
}

TEST_CASE("the seal stays where it was asked for, and moves only as far as the words under it need") {
  const TemporaryFolder folder;
  writeFile(folder / "page.pdf", pagesWith({""}));
  const OpenFile file(folder / "page.pdf");
  const auto free = engine().reserve(file.descriptor(), captioned(1, 60, 100));
  REQUIRE(free.has_value());
  CHECK(free->stamps[0].xMm == doctest::Approx(60));
  CHECK(free->stamps[0].yMm == doctest::Approx(100));
  CHECK(free->stamps[0].heightMm == doctest::Approx(20));
  auto request = captioned(1, 60, 290);
  const auto low = engine().reserve(file.descriptor(), request);
  REQUIRE(low.has_value());
  CHECK(low->stamps[0].xMm == doctest::Approx(60));
  CHECK(low->stamps[0].yMm == doctest::Approx(297 - 0.8 - 3 * 3.4 - 10).epsilon(0.001));
  request.placements[0].clamp = false;
  CHECK(refusal(request, pagesWith({""})).code == ErrorCode::stamp_does_not_fit);
}

TEST_CASE("in a document that is signed already each stamp has its words, and their letters are there once") {
  const TemporaryFolder folder;
  writeFile(folder / "a.pdf", pagesWith({"", "/Rotate 90"}));
  const auto first = stamp(folder / "a.pdf", captioned(1, 60, 60));
  REQUIRE(first.has_value());
  writeFile(folder / "b.pdf", *first);
  auto request = captioned(1, 60, 160);
  request.placements[0].pages = {1, 2};
  const auto both = stamp(folder / "b.pdf", request);
  REQUIRE(both.has_value());
  const auto added = Bytes(both->begin() + static_cast<std::ptrdiff_t>(first->size()), both->end());
  const auto text = textOf(added);
  CHECK(text.find("/Subtype /Type3") != std::string::npos);
  CHECK(text.find("/Subtype /Type3") == text.rfind("/Subtype /Type3"));
  CHECK(pdfsig(*both).size() == 3);
  for (const auto& signature : pdfsig(*both)) CHECK(signature.valid);
  const auto report = verify(*both);
  REQUIRE(report.has_value());
  CHECK(report->intact);
  CHECK(report->verdict == "valid-with-note");
}

TEST_CASE("long words go on in the next line; Latin ones are not cut") {
  const TemporaryFolder folder;
  writeFile(folder / "page.pdf", pagesWith({""}));
  auto request = captioned(1, 60, 60);
  request.signer =
      "Some Considerably Long-Winded Trading and Manufacturing Company Limited 北京某某建设工程招标代理有限责任公司";
  request.reason = "一\n二\t三\u202E四";
  const auto stamped = stamp(folder / "page.pdf", request);
  REQUIRE(stamped.has_value());
  const auto words = wordsOf(*stamped);
  CHECK(words.find("SomeConsiderablyLong-WindedTradingandManufacturingCompanyLimited北京") != std::string::npos);
  CHECK(words.find("事由：一二三四") != std::string::npos);
}

TEST_CASE("PDF/A stays so: letters in calibrated gray where no output intent says what gray is") {
  const std::string metadata = "<rdf:Description pdfaid:part=\"1\"/>";
  const auto archived = [&](const std::string& intents) {
    return madeOf({"<</Type /Catalog /Pages 2 0 R /Metadata 4 0 R " + intents + ">>",
                   "<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 300 300]>>", "<</Type /Page /Parent 2 0 R>>",
                   streamBody(metadata, "/Type /Metadata /Subtype /XML")});
  };
  const TemporaryFolder folder;
  writeFile(folder / "a.pdf", archived(""));
  const auto stamped = stamp(folder / "a.pdf", captioned(1, 50, 40));
  REQUIRE(stamped.has_value());
  CHECK(contains(*stamped, "BT /Ink cs 0 sc /Letters"));
  CHECK(contains(*stamped, "/ColorSpace <</Ink [/CalGray"));
  CHECK_FALSE(contains(*stamped, "BT 0 g"));
  CHECK(wordsOf(*stamped).find("某某有限公司") != std::string::npos);
}

TEST_CASE("words that cannot be printed are refused, not left out") {
  auto request = captioned(1, 50, 40);
  request.reason = "\xF0\xBF\xBF\xBD";  // U+3FFFD: no character, so no font has it
  CHECK(refusal(request).code == ErrorCode::font_missing);
  request = captioned(1, 50, 40);
  for (int i = 0; i < 40; ++i) request.signer += "某某建设工程招标代理有限责任公司";
  CHECK(fieldOf(refusal(request)) == "textLine");
  request = captioned(1, 50, 40);
  request.placements.clear();
  request.across = document::Across{};
  CHECK(fieldOf(refusal(request, pagesWith({"", ""}))) == "textLine");
}
