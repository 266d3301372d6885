// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "stamped.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

bool isPrefix(const Bytes& whole, const Bytes& start) {
  return whole.size() > start.size() && std::equal(start.begin(), start.end(), whole.begin());
}

}  // namespace

TEST_CASE("the test page is stamped; an independent reader accepts the signature") {
  const TemporaryFolder folder;
  const auto page = document::testPage();
  writeFile(folder / "page.pdf", page.pdf);
  auto request = requestAt(1, page.placement.xMm, page.placement.yMm);
  const auto stamped = stamp(folder / "page.pdf", request);
  REQUIRE(stamped.has_value());
  CHECK(isPrefix(*stamped, page.pdf));

  const auto report = verify(*stamped);
  REQUIRE(report.has_value());
  CHECK(report->verdict == "valid");
  CHECK(report->intact);
  REQUIRE(report->signatures.size() == 1);
  CHECK(report->signatures[0].trust == "trusted");
  CHECK(report->signatures[0].coversWholeFile);
  CHECK(report->signatures[0].signer == "Test Unit");

  writeFile(folder / "stamped.pdf", *stamped);
  const auto file = (folder / "stamped.pdf").string();
  CHECK(run("pdfsig -nocert '" + file + "' | grep -q 'Signature Validation: Signature is Valid'") == 0);
  CHECK(run("pdfsig -nocert '" + file + "' | grep -q 'Total document signed'") == 0);
  CHECK(run("pdfsig -nocert '" + file + "' | grep -q 'Signature Type: ETSI.CAdES.detached'") == 0);
  CHECK(run("qpdf --check '" + file + "'") == 0);
}

TEST_CASE("a document can be stamped again; both signatures keep their bytes") {
  const TemporaryFolder folder;
  writeFile(folder / "page.pdf", document::testPage().pdf);
  const auto once = stamp(folder / "page.pdf", requestAt(1, 50, 50));
  REQUIRE(once.has_value());
  writeFile(folder / "once.pdf", *once);
  const auto twice = stamp(folder / "once.pdf", requestAt(1, 100, 100));
  REQUIRE(twice.has_value());
  CHECK(isPrefix(*twice, *once));
  const auto report = verify(*twice);
  REQUIRE(report.has_value());
  REQUIRE(report->signatures.size() == 2);
  CHECK(report->signatures[0].intact);
  CHECK(report->signatures[1].intact);
  CHECK(report->signatures[1].coversWholeFile);
  CHECK_FALSE(report->signatures[0].coversWholeFile);
}

TEST_CASE("what is no PDF, is encrypted or has no such page is refused with its reason") {
  const TemporaryFolder folder;
  const auto refusal = [&](const std::string& name, const std::string& content, unsigned page = 1) {
    writeFile(folder / name, viewOf(content));
    const auto stamped = stamp(folder / name, requestAt(page, 50, 50));
    REQUIRE_FALSE(stamped.has_value());
    return stamped.error();
  };
  CHECK(refusal("empty.pdf", "").code == ErrorCode::document_unreadable);
  CHECK(refusal("text.pdf", "hello").detail.at("reason") == "header");
  CHECK(refusal("cut.pdf", "%PDF-1.7\nstartxref\n99999\n%%EOF").detail.at("reason") == "startxref");
  CHECK(refusal("broken.pdf", "%PDF-1.7\nxx\nstartxref\n9\n%%EOF").detail.at("reason") == "structure");
  const auto page = document::testPage().pdf;
  CHECK(refusal("page.pdf", textOf(page), 2).code == ErrorCode::bad_request);
  writeFile(folder / "plain.pdf", page);
  const auto locked = (folder / "locked.pdf").string();
  REQUIRE(run("qpdf --encrypt '' owner 256 -- '" + (folder / "plain.pdf").string() + "' '" + locked + "'") == 0);
  const auto stamped = stamp(locked, requestAt(1, 50, 50));
  REQUIRE_FALSE(stamped.has_value());
  CHECK(stamped.error().code == ErrorCode::document_protected);
}

TEST_CASE("a child that cannot be started or dies is a clean error") {
  const auto missing = document::processEngine("/nonexistent/sealferry-document");
  const TemporaryFolder folder;
  writeFile(folder / "page.pdf", document::testPage().pdf);
  const OpenFile file(folder / "page.pdf");
  CHECK(missing->reserve(file.descriptor(), requestAt(1, 50, 50)).error().code == ErrorCode::internal);
  const auto dying = document::processEngine("/bin/false");
  CHECK(dying->reserve(file.descriptor(), requestAt(1, 50, 50)).error().code == ErrorCode::document_unreadable);
}

TEST_CASE("a picture that is none is refused") {
  const TemporaryFolder folder;
  writeFile(folder / "page.pdf", document::testPage().pdf);
  auto request = requestAt(1, 50, 50);
  for (const auto& bad :
       {Bytes{}, Bytes{0x89, 'P', 'N', 'G', 1, 2, 3}, Bytes{0xFF, 0xD8, 0xFF, 0xC0}, Bytes(100, 'x')}) {
    request.picture.data = bad;
    const auto stamped = stamp(folder / "page.pdf", request);
    REQUIRE_FALSE(stamped.has_value());
    CHECK(stamped.error().code == ErrorCode::seal_invalid);
  }
}
