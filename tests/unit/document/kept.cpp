// SPDX-License-Identifier: Apache-2.0
// What a document says of itself stays true: PDF/A, permissions of earlier signatures, cross-reference kinds.
#include <doctest/doctest.h>
#include <png.h>

#include "drawn.h"
#include "made.h"
#include "stamped.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

const std::string pages = "<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595.276 841.89]>>";
const std::string page = "<</Type /Page /Parent 2 0 R>>";

Bytes archive(const std::string& part, const std::string& catalog = {}) {
  const auto metadata = "<x:xmpmeta><rdf:Description pdfaid:part=\"" + part + "\"/></x:xmpmeta>";
  return madeOf({"<</Type /Catalog /Pages 2 0 R /Metadata 4 0 R " + catalog + ">>", pages, page,
                 streamBody(metadata, "/Type /Metadata /Subtype /XML"), streamBody("profile", "/N 3")});
}

/// Half transparent, red.
Bytes glass() {
  Bytes pixels;
  for (int i = 0; i < 100; ++i) pixels.insert(pixels.end(), {255, 0, 0, 128});
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = image.height = 10;
  image.format = PNG_FORMAT_RGBA;
  png_alloc_size_t size = 0;
  png_image_write_to_memory(&image, nullptr, &size, 0, pixels.data(), 0, nullptr);
  Bytes png(size);
  png_image_write_to_memory(&image, png.data(), &size, 0, pixels.data(), 0, nullptr);
  return png;
}

Result<document::Reserved> reserve(const Bytes& pdf, const Bytes& picture = markedPicture()) {
  const TemporaryFolder folder;
  writeFile(folder / "a.pdf", pdf);
  const OpenFile file(folder / "a.pdf");
  auto request = requestAt(1, 50, 50);
  request.picture.data = picture;
  return engine().reserve(file.descriptor(), request);
}

bool says(const Result<document::Reserved>& reserved, std::string_view what) {
  REQUIRE(reserved.has_value());
  return textOf(reserved->increments.at(0).bytes).find(what) != std::string::npos;
}

/// A catalog with one filled signature field; `value` and `field` are further members of theirs.
Bytes signedWith(const std::string& value, const std::string& field = {}, const std::string& catalog = {}) {
  return madeOf({"<</Type /Catalog /Pages 2 0 R /AcroForm <</SigFlags 3 /Fields [4 0 R]>> " + catalog + ">>", pages,
                 page, "<</FT /Sig /T (One) /V 5 0 R " + field + ">>",
                 "<</Type /Sig /Filter /Adobe.PPKLite /Contents <00> /ByteRange [0 1 2 3] " + value + ">>"});
}

std::string refusedFor(const Bytes& pdf) {
  const auto reserved = reserve(pdf);
  if (reserved) return {};
  return std::string(errorRow(reserved.error().code).name) + " " + reserved.error().detail.at("reason");
}

std::string transform(const std::string& method, const std::string& parameters) {
  return "/Reference [<</Type /SigRef /TransformMethod " + method + " /TransformParams <<" + parameters + ">>>>]";
}

}  // namespace

TEST_CASE("PDF/A-1 gets no transparency: the picture lies on white") {
  const auto plain = reserve(archive("9"), glass());
  CHECK(says(plain, "/SMask"));
  CHECK(plain->notes.empty());
  const auto first = reserve(archive("1"), glass());
  CHECK_FALSE(says(first, "/SMask"));
  CHECK(first->notes == std::vector<std::string>{"opaque"});
  CHECK(says(reserve(archive("2"), glass()), "/SMask"));
}

TEST_CASE("PDF/A: colour that needs an output intent only where there is one") {
  CHECK(says(reserve(archive("2")), "/CalRGB"));
  const auto intent = archive("2", "/OutputIntents [<</S /GTS_PDFA1 /DestOutputProfile 5 0 R>>]");
  CHECK(says(reserve(intent), "/DeviceRGB"));
  CHECK(says(reserve(archive("9")), "/DeviceRGB"));
}

TEST_CASE("annotations are printed, described and have one normal appearance") {
  const auto reserved = reserve(archive("1"));
  CHECK(says(reserved, "/F 132 "));
  CHECK(says(reserved, "/TU <feff"));
  CHECK(says(reserved, "/AP <</N "));
  CHECK_FALSE(says(reserved, "/Group"));
}

TEST_CASE("signatures that forbid further ones are respected") {
  CHECK(refusedFor(signedWith("")).empty());
  CHECK(refusedFor(signedWith(transform("/DocMDP", "/P 1"))) == "document_forbids_changes certified");
  CHECK(refusedFor(signedWith(transform("/DocMDP", "/P 1"), "", "/Perms <</DocMDP 5 0 R>>")) ==
        "document_forbids_changes certified");
  for (const auto* permitted : {"/P 2", "/P 3", ""})
    CHECK(refusedFor(signedWith(transform("/DocMDP", permitted), "", "/Perms <</DocMDP 5 0 R>>")).empty());
  for (const auto* locked :
       {"/Action /All", "/Action /Exclude /Fields [(Two)]", "/Action /Include /Fields [(Two)] /P 1"}) {
    CHECK(refusedFor(signedWith(transform("/FieldMDP", locked))) == "document_forbids_changes locked");
    CHECK(refusedFor(signedWith("", "/Lock <<" + std::string(locked) + ">>")) == "document_forbids_changes locked");
  }
  CHECK(refusedFor(signedWith(transform("/FieldMDP", "/Action /Include /Fields [(Two)]"))).empty());
}

TEST_CASE("a form that only XFA can show is refused; one that has both is stamped") {
  const auto form = [](const std::string& more) {
    return madeOf({"<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [] /XFA (x)>> " + more + ">>", pages, page});
  };
  CHECK(refusedFor(form("/NeedsRendering true")) == "document_unreadable xfa");
  CHECK(refusedFor(form("")).empty());
}

TEST_CASE("readers are not left to draw the stamp themselves, and it is said so") {
  const auto reserved =
      reserve(madeOf({"<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [] /NeedAppearances true>>>>", pages, page}));
  REQUIRE(reserved.has_value());
  CHECK(reserved->notes == std::vector<std::string>{"needAppearances"});
  CHECK_FALSE(says(reserved, "/NeedAppearances"));
}

TEST_CASE("numbers in use beyond /Size are not written over") {
  auto pdf = textOf(madeOf({"<</Type /Catalog /Pages 2 0 R>>", pages, page, "(hidden)"}));
  pdf.replace(pdf.rfind("/Size 5"), 7, "/Size 4");
  CHECK(refusedFor(copyOf(viewOf(pdf))) == "document_unreadable size");
}

TEST_CASE("a /Size that counts more objects than there are: the others are free, and new ones come after them") {
  const TemporaryFolder folder;
  writeFile(folder / "plain.pdf", madeOf({"<</Type /Catalog /Pages 2 0 R>>", pages, page}));
  const auto plain = (folder / "plain.pdf").string(), other = (folder / "other.pdf").string();
  for (const std::string kind : {"disable", "generate"}) {
    CAPTURE(kind);
    REQUIRE(run("qpdf --object-streams=" + kind + " '" + plain + "' '" + other + "'") == 0);
    auto text = textOf(readFile(other));
    const auto at = text.rfind("/Size ") + 6, end = text.find_first_not_of("0123456789", at);
    const auto listed = kind == "generate" ? " /Index [0 " + text.substr(at, end - at) + "]" : std::string();
    text.replace(at, end - at, "40" + listed);
    writeFile(other, viewOf(text));
    REQUIRE(qpdfCheck(readFile(other)) == 3);  // it remarks on that

    const auto reserved = reserve(readFile(other));
    CHECK(says(reserved, "40 0 obj"));
    CHECK_FALSE(says(reserved, "39 0 obj"));
    const auto once = stamp(other, requestAt(1, 50, 50));
    REQUIRE(once.has_value());
    CHECK(pdfsig(*once).at(0).valid);
    CHECK(pdfsig(*once).at(0).whole);
    CHECK(qpdfCheck(*once) == 0);
    CHECK(draw(*once).colourAt(55, 55) == "red");
    CHECK(verify(*once)->verdict == "valid");
    writeFile(other, *once);
    const auto twice = stamp(other, requestAt(1, 100, 100));
    REQUIRE(twice.has_value());
    CHECK(verify(*twice)->intact);
  }
}

TEST_CASE("every kind of cross-reference is continued in its kind, whatever stands before the header") {
  const TemporaryFolder folder;
  writeFile(folder / "plain.pdf", archive("9"));
  const auto plain = (folder / "plain.pdf").string(), other = (folder / "other.pdf").string();
  for (const auto* how : {"--object-streams=generate", "--linearize", "--object-streams=generate --linearize"}) {
    CAPTURE(how);
    REQUIRE(run("qpdf " + std::string(how) + " '" + plain + "' '" + other + "'") == 0);
    const auto stamped = stamp(other, requestAt(1, 50, 50));
    REQUIRE(stamped.has_value());
    CHECK(pdfsig(*stamped).at(0).valid);
    CHECK(pdfsig(*stamped).at(0).whole);
    CHECK(qpdfCheck(*stamped) != 2);
    CHECK(draw(*stamped).colourAt(55, 55) == "red");
  }
  auto shifted = copyOf(viewOf("mail header\n"));
  const auto original = archive("9");
  shifted.insert(shifted.end(), original.begin(), original.end());
  writeFile(folder / "shifted.pdf", shifted);
  const auto stamped = stamp(folder / "shifted.pdf", requestAt(1, 50, 50));
  REQUIRE(stamped.has_value());
  CHECK(pdfsig(*stamped).at(0).valid);
  CHECK(draw(*stamped).colourAt(55, 55) == "red");
}
