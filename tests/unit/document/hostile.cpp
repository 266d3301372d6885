// SPDX-License-Identifier: Apache-2.0
// Documents that were made to cost: the child ends them, or they are refused before.
#include <doctest/doctest.h>
#include <zlib.h>

#include <chrono>

#include "made.h"
#include "stamped.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

std::string packed(const std::string& plain) {
  std::string out(::compressBound(plain.size()), '\0');
  auto size = static_cast<uLongf>(out.size());
  ::compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(plain.data()), plain.size(),
              9);
  out.resize(size);
  return out;
}

/// So many zero bytes, packed twice: a gigabyte is a few kilobytes.
std::string bomb(std::size_t mebibytes) {
  z_stream stream{};
  ::deflateInit(&stream, 9);
  std::string out;
  const std::string part(1024 * 1024, '\0');
  std::string room(64 * 1024, '\0');
  for (std::size_t i = 0; i <= mebibytes; ++i) {
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(part.data()));
    stream.avail_in = i < mebibytes ? static_cast<uInt>(part.size()) : 0;
    do {
      stream.next_out = reinterpret_cast<Bytef*>(room.data());
      stream.avail_out = static_cast<uInt>(room.size());
      ::deflate(&stream, i < mebibytes ? Z_NO_FLUSH : Z_FINISH);
      out.append(room, 0, room.size() - stream.avail_out);
    } while (stream.avail_out == 0);
  }
  ::deflateEnd(&stream);
  return packed(out);
}

const std::string pages = "<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842]>>";

std::string outcome(const Bytes& pdf, document::StampRequest request = requestAt(1, 50, 50)) {
  const TemporaryFolder folder;
  writeFile(folder / "a.pdf", pdf);
  const OpenFile file(folder / "a.pdf");
  const auto reserved = engine().reserve(file.descriptor(), request);
  return reserved ? "stamped" : std::string(errorRow(reserved.error().code).name);
}

document::StampRequest onWords() {
  auto request = requestAt(1, 50, 50);
  request.placements.clear();
  request.keyword = document::Keyword{"nowhere", false, true};
  return request;
}

}  // namespace

TEST_CASE("bombs and loops end in a refusal") {
  const auto start = std::chrono::steady_clock::now();
  const std::string page = "<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</XObject <</X 5 0 R>>>>>>";
  const std::string catalog = "<</Type /Catalog /Pages 2 0 R>>";

  // The page's content unpacks to more than the child may have: stamping does not look at it, looking for words does.
  const auto large =
      madeOf({catalog, pages, page, streamBody(bomb(600), "/Filter [/FlateDecode /FlateDecode]"), "null"});
  CHECK(outcome(large) == "stamped");
  CHECK(outcome(large, onWords()) != "stamped");

  // Each form draws the next one ten times over: 10^8 drawings.
  std::vector<std::string> forms = {catalog, pages, page, streamBody("/X Do")};
  for (int i = 0; i < 8; ++i) {
    std::string draws;
    for (int k = 0; k < 10; ++k) draws += "/X Do ";
    forms.push_back(streamBody(draws, "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X " +
                                          std::to_string(forms.size() + 2) + " 0 R>>>>"));
  }
  forms.push_back(streamBody("", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"));
  CHECK(outcome(madeOf(forms), onWords()) == "keyword_not_found");

  // Pages within pages within pages; a field that is its own kid; a table that leads back to itself.
  std::vector<std::string> deep = {catalog};
  for (int i = 0; i < 200; ++i)
    deep.push_back("<</Type /Pages /MediaBox [0 0 595 842] /Count 1 /Kids [" + std::to_string(i + 3) + " 0 R]>>");
  deep.push_back("<</Type /Page>>");
  CHECK(outcome(madeOf(deep)) == "document_unreadable");
  CHECK(outcome(madeOf({"<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [4 0 R 4 0 R]>>>>", pages, page,
                        "<</FT /Sig /Kids [4 0 R 4 0 R]>>", "null"})) == "stamped");
  auto looping = textOf(madeOf({catalog, pages, page}));
  const auto xref = looping.rfind("xref\n0");
  looping.replace(looping.rfind("/Root 1 0 R "), 12, "/Root 1 0 R /Prev " + std::to_string(xref) + " ");
  CHECK(outcome(copyOf(viewOf(looping))) == "document_unreadable");

  CHECK(std::chrono::steady_clock::now() - start < std::chrono::minutes(2));
}
