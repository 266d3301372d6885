// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "stamped.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

const Bytes& stampedPage() {
  static const Bytes one = [] {
    const TemporaryFolder folder;
    writeFile(folder / "page.pdf", document::testPage().pdf);
    return *stamp(folder / "page.pdf", requestAt(1, 105, 178));
  }();
  return one;
}

std::string verdictOf(const Bytes& content) {
  const auto report = verify(content);
  return report ? report->verdict : "unreadable";
}

std::size_t find(const Bytes& content, std::string_view what) {
  const auto text = std::string_view(reinterpret_cast<const char*>(content.data()), content.size());
  const auto at = text.rfind(what);
  REQUIRE(at != std::string_view::npos);
  return at;
}

}  // namespace

TEST_CASE("the untouched one is valid, the unsigned one is unsigned") {
  CHECK(verdictOf(stampedPage()) == "valid");
  CHECK(verify(stampedPage())->signatures.at(0).time == now);  // of /M: PAdES has no other
  CHECK(verdictOf(document::testPage().pdf) == "unsigned");
}

TEST_CASE("a changed byte anywhere that is signed breaks it") {
  for (const std::size_t at : {std::size_t{30}, stampedPage().size() / 2, stampedPage().size() - 8}) {
    auto changed = stampedPage();
    changed[at] ^= 1;
    CHECK(verdictOf(changed) != "valid");
  }
  auto moved = stampedPage();
  moved[find(moved, "/Rect [") + 8] ^= 1;  // one digit: the stamp lies elsewhere
  CHECK(verdictOf(moved) == "invalid");
}

TEST_CASE("a byte of the message itself breaks it: value, attributes, certificate") {
  const auto contents = find(stampedPage(), "/Contents <") + 11;
  for (const std::size_t offset : {400UL, 800UL, 1500UL, 2000UL, 2300UL}) {
    auto changed = stampedPage();
    auto& digit = changed[contents + offset];
    digit = digit == '0' ? '1' : '0';
    CHECK_MESSAGE(verdictOf(changed) == "invalid", offset);
  }
}

TEST_CASE("blank bytes after the end are told, anything else is not permitted") {
  auto blank = stampedPage();
  blank.insert(blank.end(), {'\n', '\n'});
  CHECK(verdictOf(blank) == "valid-with-note");
  auto more = stampedPage();
  const std::string extra = "1 0 obj\n<<>>\nendobj\n";
  more.insert(more.end(), extra.begin(), extra.end());
  CHECK(verdictOf(more) != "valid");
  CHECK(verdictOf(more) != "valid-with-note");
}

TEST_CASE("a byte range that leaves more out than the message is refused") {
  auto changed = stampedPage();
  // "[0 a b c" with a one smaller: the byte before "<" would not be signed any more.
  const auto at = find(changed, "/ByteRange [0 ") + 14;
  std::size_t end = at;
  while (changed[end] != ' ') ++end;
  auto digit = end - 1;
  while (changed[digit] == '0') changed[digit--] = '9';
  --changed[digit];
  const auto report = verify(changed);
  REQUIRE(report.has_value());
  REQUIRE(report->signatures.size() == 1);
  CHECK_FALSE(report->signatures[0].intact);
  CHECK(report->signatures[0].reasons.front() == "byteRangeGap");
}

TEST_CASE("a signer nobody trusts is told apart from a broken signature") {
  const TemporaryFolder folder;
  writeFile(folder / "a.pdf", stampedPage());
  const OpenFile file(folder / "a.pdf");
  const auto other = selfSigned(Key::rsa(), "Other Root");
  const auto report = engine().verify(file.descriptor(), {{{other}, {}}, now});
  REQUIRE(report.has_value());
  CHECK(report->signatures[0].intact);
  CHECK(report->signatures[0].trust == "untrusted");
  CHECK(report->verdict == "invalid");
  const auto unknown = engine().verify(file.descriptor(), {{}, now});
  CHECK(unknown->signatures[0].trust == "unknown");
}
