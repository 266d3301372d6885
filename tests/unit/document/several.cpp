// SPDX-License-Identifier: Apache-2.0
// One signature for a document's stamps, and one each where somebody has signed before.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include "drawn.h"
#include "made.h"
#include "stamped.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

const std::vector<std::string> mixed = {"", "/Rotate 90", "", "/Rotate 270 /UserUnit 1", "/CropBox [50 50 500 700]"};

document::Reserved reserve(const std::filesystem::path& path, const document::StampRequest& request) {
  const OpenFile file(path);
  const auto reserved = engine().reserve(file.descriptor(), request);
  REQUIRE(reserved.has_value());
  return *reserved;
}

document::StampRequest onPages(unsigned first, unsigned last) {
  auto request = requestAt(1, 40, 50);
  request.placements[0].pages = {first, last};
  return request;
}

Error refusal(const std::filesystem::path& path, const document::StampRequest& request) {
  const auto stamped = stamp(path, request);
  REQUIRE_FALSE(stamped.has_value());
  return stamped.error();
}

bool shows(const Bytes& pdf, unsigned page, double xMm, double yMm) {
  const auto drawn = draw(pdf, page);
  return drawn.colourAt(xMm - 7, yMm - 7) == "blue" && drawn.colourAt(xMm + 7, yMm + 7) == "red" &&
         drawn.colourAt(xMm + 12, yMm) == "white";
}

std::size_t count(const Bytes& content, std::string_view what) {
  const auto text = std::string_view(reinterpret_cast<const char*>(content.data()), content.size());
  std::size_t number = 0;
  for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++number;
  return number;
}

}  // namespace

TEST_CASE("stamps on all pages stand under one signature, and share one picture") {
  const TemporaryFolder folder;
  writeFile(folder / "a.pdf", pagesWith(mixed));
  const auto request = onPages(1, 0);
  const auto reserved = reserve(folder / "a.pdf", request);
  CHECK(reserved.pages == 5);
  CHECK(reserved.increments.size() == 1);
  REQUIRE(reserved.stamps.size() == 5);
  CHECK(reserved.stamps[3].page == 4);
  CHECK(reserved.stamps[3].xMm == doctest::Approx(40));
  CHECK(reserved.stamps[3].increment == 0);

  const auto pdf = stamp(folder / "a.pdf", request);
  REQUIRE(pdf.has_value());
  for (unsigned page = 1; page <= 5; ++page) CHECK_MESSAGE(shows(*pdf, page, 40, 50), page);
  const auto signatures = pdfsig(*pdf);
  REQUIRE(signatures.size() == 1);
  CHECK(signatures[0].valid);
  CHECK(signatures[0].whole);
  CHECK(qpdfCheck(*pdf) == 0);
  CHECK(verify(*pdf)->verdict == "valid");
  CHECK(count(*pdf, "/Subtype /Image") == 1);
  CHECK(count(*pdf, "/Subtype /Form") == 3);  // upright, and for two rotations
  CHECK(count(*pdf, "/Subtype /Widget") == 1);
  CHECK(count(*pdf, "/Subtype /Stamp") == 4);
}

TEST_CASE("pages that share one list of annotations do not share a stamp") {
  const TemporaryFolder folder;
  const std::string page = "<</Type /Page /Parent 2 0 R /Annots 5 0 R>>";
  writeFile(folder / "a.pdf",
            madeOf({"<</Type /Catalog /Pages 2 0 R>>",
                    "<</Type /Pages /MediaBox [0 0 595.276 841.89] /Kids [3 0 R 4 0 R] /Count 2>>", page, page, "[]"}));
  const auto first = stamp(folder / "a.pdf", onPages(1, 1));
  REQUIRE(first.has_value());
  CHECK(shows(*first, 1, 40, 50));
  CHECK_FALSE(shows(*first, 2, 40, 50));
  writeFile(folder / "b.pdf", *first);
  const auto second = stamp(folder / "b.pdf", requestAt(2, 60, 90));
  REQUIRE(second.has_value());
  CHECK(shows(*second, 2, 60, 90));
  CHECK_FALSE(shows(*second, 1, 60, 90));
  CHECK(verify(*second)->verdict == "valid-with-note");
}

TEST_CASE("several placements, ranges, the last page") {
  const TemporaryFolder folder;
  writeFile(folder / "a.pdf", pagesWith(mixed));
  auto request = onPages(2, 3);
  request.placements.push_back({{0, 0}, 60, 100, true});
  request.placements.push_back({{3, 3}, 100, 150, true});
  const auto pdf = stamp(folder / "a.pdf", request);
  REQUIRE(pdf.has_value());
  CHECK(shows(*pdf, 2, 40, 50));
  CHECK(shows(*pdf, 3, 40, 50));
  CHECK(shows(*pdf, 3, 100, 150));
  CHECK(shows(*pdf, 5, 60, 100));
  CHECK_FALSE(shows(*pdf, 1, 40, 50));
  CHECK(pdfsig(*pdf).size() == 1);
}

TEST_CASE("pages that are not there, nothing to do, too much to do: refused") {
  const TemporaryFolder folder;
  writeFile(folder / "a.pdf", pagesWith(mixed));
  for (const auto& [first, last] : {std::pair(6U, 6U), std::pair(1U, 6U), std::pair(3U, 2U), std::pair(0U, 3U)}) {
    const auto error = refusal(folder / "a.pdf", onPages(first, last));
    CHECK(error.code == ErrorCode::bad_request);
    CHECK(error.detail.at("field") == "page");
  }
  auto none = requestAt(1, 10, 10);
  none.placements.clear();
  CHECK(refusal(folder / "a.pdf", none).detail.at("field") == "placements");
  writeFile(folder / "long.pdf", pagesWith(std::vector<std::string>(2001)));
  CHECK(refusal(folder / "long.pdf", onPages(1, 0)).detail.at("field") == "pages");
  auto nowhere = requestAt(1, 10, 10);
  nowhere.placements[0].xMm = std::numeric_limits<double>::quiet_NaN();
  CHECK(refusal(folder / "a.pdf", nowhere).code == ErrorCode::bad_request);
}

TEST_CASE("a page tree that counts wrongly, or shows one page twice, is refused") {
  const TemporaryFolder folder;
  const auto tree = [&](const std::string& pages) {
    writeFile(folder / "a.pdf", madeOf({"<</Type /Catalog /Pages 2 0 R>>", pages,
                                        "<</Type /Page /MediaBox [0 0 500 500] /Parent 2 0 R>>"}));
    return refusal(folder / "a.pdf", onPages(1, 0)).detail.at("reason");
  };
  CHECK(tree("<</Type /Pages /Kids [3 0 R] /Count 2>>") == "pageTree");
  CHECK(tree("<</Type /Pages /Kids [3 0 R] /Count 0>>") == "pageTree");
  CHECK(tree("<</Type /Pages /Kids [3 0 R 3 0 R] /Count 2>>") == "sharedPage");
  CHECK(tree("<</Type /Pages /Kids [2 0 R 3 0 R] /Count 2>>") == "pageTree");

  // What is asked for is there, but what comes after it is counted as another page than readers show.
  writeFile(folder / "a.pdf",
            madeOf({"<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [3 0 R 4 0 R 5 0 R] /Count 4>>",
                    "<</Type /Page /MediaBox [0 0 500 500] /Parent 2 0 R>>",
                    "<</Type /Pages /Parent 2 0 R /Kids [6 0 R] /Count 2>>",
                    "<</Type /Page /MediaBox [0 0 500 500] /Parent 2 0 R>>",
                    "<</Type /Page /MediaBox [0 0 500 500] /Parent 4 0 R>>"}));
  CHECK(refusal(folder / "a.pdf", onPages(1, 1)).detail.at("reason") == "pageTree");
}

TEST_CASE("a page that is shown in two places cannot be stamped in one of them; the others can") {
  const TemporaryFolder folder;
  const std::string catalog = "<</Type /Catalog /Pages 2 0 R>>", box = "/Type /Pages /MediaBox [0 0 595.276 841.89] ";
  const auto leaf = [](int parent) { return "<</Type /Page /Parent " + std::to_string(parent) + " 0 R>>"; };
  // Listed twice by one node; by two nodes; below a node that is listed twice. Page 1 is another one.
  const std::vector<Bytes> documents = {
      madeOf({catalog, "<<" + box + "/Kids [3 0 R 4 0 R 4 0 R] /Count 3>>", leaf(2), leaf(2)}),
      madeOf({catalog, "<<" + box + "/Kids [5 0 R 6 0 R] /Count 3>>", leaf(5), leaf(6),
              "<</Type /Pages /Parent 2 0 R /Kids [3 0 R 4 0 R] /Count 2>>",
              "<</Type /Pages /Parent 2 0 R /Kids [4 0 R] /Count 1>>"}),
      madeOf({catalog, "<<" + box + "/Kids [3 0 R 5 0 R 5 0 R] /Count 3>>", leaf(2), leaf(5),
              "<</Type /Pages /Parent 2 0 R /Kids [4 0 R] /Count 1>>"})};
  for (const auto& document : documents) {
    writeFile(folder / "a.pdf", document);
    CHECK(stamp(folder / "a.pdf", onPages(1, 1)).has_value());
    for (const auto& request : {onPages(2, 2), onPages(3, 3), onPages(1, 0)}) {
      const auto error = refusal(folder / "a.pdf", request);
      CHECK(error.code == ErrorCode::document_unreadable);
      CHECK(error.detail.at("reason") == "sharedPage");
    }
  }
}

TEST_CASE("a page that is shown in two places is found also beyond the pages that are looked at") {
  const TemporaryFolder folder;
  constexpr int pages = 3000;
  std::vector<std::string> bodies = {"<</Type /Catalog /Pages 2 0 R>>", {}};
  std::string kids;
  for (int i = 0; i < pages; ++i) {
    bodies.push_back("<</Type /Page /Parent 2 0 R>>");
    kids += std::to_string(bodies.size()) + " 0 R ";
  }
  bodies[1] = "<</Type /Pages /MediaBox [0 0 500 500] /Kids [" + kids + "3002 0 R] /Count 3001>>";
  writeFile(folder / "a.pdf", madeOf(bodies));
  CHECK(refusal(folder / "a.pdf", onPages(pages, pages)).detail.at("reason") == "sharedPage");
  CHECK(stamp(folder / "a.pdf", onPages(pages - 1, pages - 1)).has_value());
}

TEST_CASE("a signed document gets a signature for each stamp, and nothing else is touched") {
  const TemporaryFolder folder;
  writeFile(folder / "a.pdf", pagesWith(mixed));
  const auto once = stamp(folder / "a.pdf", requestAt(1, 100, 200));
  REQUIRE(once.has_value());
  writeFile(folder / "once.pdf", *once);
  const auto request = onPages(2, 5);
  const auto reserved = reserve(folder / "once.pdf", request);
  REQUIRE(reserved.increments.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) CHECK(reserved.stamps[i].increment == i);
  // The picture comes with the first; the others link to it.
  CHECK(count(reserved.increments[0].bytes, "/Subtype /Image") == 1);
  CHECK(count(reserved.increments[2].bytes, "/Subtype /Image") == 0);
  // Signature, widget, form, page: the appearance of page 2 and page 4 differ, that of 3 serves 5 too.
  CHECK(count(reserved.increments[3].bytes, " 0 obj\n") == 4);

  const auto pdf = stamp(folder / "once.pdf", request);
  REQUIRE(pdf.has_value());
  const auto signatures = pdfsig(*pdf);
  REQUIRE(signatures.size() == 5);
  for (const auto& one : signatures) CHECK(one.valid);
  CHECK(qpdfCheck(*pdf) == 0);
  for (unsigned page = 2; page <= 5; ++page) CHECK_MESSAGE(shows(*pdf, page, 40, 50), page);
  const auto report = verify(*pdf);
  REQUIRE(report.has_value());
  REQUIRE(report->signatures.size() == 5);
  for (const auto& one : report->signatures) CHECK(one.intact);
  CHECK(report->signatures.back().coversWholeFile);
  CHECK(count(*pdf, "/Subtype /Stamp") == 0);
}

TEST_CASE("a page that does not say it is one can be stamped again, and no signature minds") {
  const TemporaryFolder folder;
  const auto page = [](const std::string& more) { return "<</MediaBox [0 0 500 500] /Parent 2 0 R " + more + ">>"; };
  for (const auto* more : {"", "/Annots 4 0 R"}) {
    writeFile(folder / "a.pdf",
              madeOf({"<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [3 0 R] /Count 1>>", page(more), "[]"}));
    const auto once = stamp(folder / "a.pdf", requestAt(1, 40, 50));
    REQUIRE(once.has_value());
    writeFile(folder / "once.pdf", *once);
    const auto twice = stamp(folder / "once.pdf", requestAt(1, 100, 120));
    REQUIRE(twice.has_value());
    const auto report = verify(*twice);
    REQUIRE(report.has_value());
    REQUIRE(report->signatures.size() == 2);
    CHECK_MESSAGE(report->verdict == "valid-with-note", more);  // the first one's note: another signature came
    CHECK_MESSAGE(report->intact, more);
  }
}

TEST_CASE("a signed document gets at most 64 signatures at once") {
  const TemporaryFolder folder;
  writeFile(folder / "a.pdf", pagesWith(std::vector<std::string>(65)));
  const auto once = stamp(folder / "a.pdf", requestAt(1, 100, 200));
  REQUIRE(once.has_value());
  writeFile(folder / "once.pdf", *once);
  CHECK(refusal(folder / "once.pdf", onPages(1, 0)).detail.at("field") == "pages");
  CHECK(reserve(folder / "once.pdf", onPages(2, 0)).increments.size() == 64);
}

TEST_CASE("the whole is written while it is hashed, and is the same") {
  const TemporaryFolder folder;
  writeFile(folder / "a.pdf", pagesWith(mixed));
  const OpenFile file(folder / "a.pdf");
  const auto reserved = engine().reserve(file.descriptor(), onPages(1, 2));
  REQUIRE(reserved.has_value());
  const auto sign = [](ByteView digest) -> Result<Bytes> { return copyOf(digest); };
  const auto increments = document::signIncrements(file.descriptor(), *reserved, trust::DigestAlgorithm::sha512, sign);
  REQUIRE(increments.has_value());
  auto expected = readFile(folder / "a.pdf");
  expected.insert(expected.end(), increments->begin(), increments->end());
  const int output = ::open((folder / "b.pdf").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  CHECK(document::writeSigned(file.descriptor(), *reserved, trust::DigestAlgorithm::sha512, sign, output));
  ::close(output);
  CHECK(readFile(folder / "b.pdf") == expected);
  const int closed = ::open((folder / "b.pdf").c_str(), O_RDONLY | O_CLOEXEC);
  CHECK_FALSE(document::writeSigned(file.descriptor(), *reserved, trust::DigestAlgorithm::sha512, sign, closed));
  ::close(closed);
}

TEST_CASE("what the child says of its increments is not relied upon") {
  const TemporaryFolder folder;
  writeFile(folder / "a.pdf", pagesWith(mixed));
  const OpenFile file(folder / "a.pdf");
  const auto good = reserve(folder / "a.pdf", onPages(1, 1));
  const auto outcome = [&](const document::Reserved& reserved, std::size_t signature) {
    const auto sign = [&](ByteView) -> Result<Bytes> { return Bytes(signature); };
    const auto done = document::signIncrements(file.descriptor(), reserved, trust::DigestAlgorithm::sha256, sign);
    return done ? std::string() : std::string(errorRow(done.error().code).name);
  };
  CHECK(outcome(good, 16384).empty());
  CHECK(outcome(good, 16385) == "internal");
  auto bad = good;
  bad.increments[0].contentsOffset += 1;
  CHECK(outcome(bad, 100) == "internal");
  bad.increments[0].contentsOffset = ~std::uint64_t{0} - 5;
  CHECK(outcome(bad, 100) == "internal");
  bad = good;
  bad.signatureRoom = 0x7FFFFFFF;
  CHECK(outcome(bad, 100) == "internal");
  bad = good;
  bad.originalSize += 1;
  CHECK(outcome(bad, 100) == "document_unreadable");
}
