// SPDX-License-Identifier: Apache-2.0
// What can be appended to a signed file without its key: every family, on both kinds of cross-references.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>

#include "attacker.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

/// A file signed once by us, with a stamp on page 2, and then changed.
struct Case {
  std::string name, reason;
  bool permitted;
  std::function<void(Attacker&)> act;
};

const std::string& stampedFile(Xref kind) {
  static std::map<Xref, std::string> made;
  auto& one = made[kind];
  if (!one.empty()) return one;
  const TemporaryFolder folder;
  writeFile(folder / "plain.pdf", viewOf(plainDocument(kind)));
  const auto stamped = stamp(folder / "plain.pdf", requestAt(2, 100, 100));
  REQUIRE_MESSAGE(stamped.has_value(), stamped.error().detail.at("reason"));
  return one = textOf(*stamped);
}

const std::string script = "<</S/JavaScript/JS(app.alert(1))>>";

Case forbidden(std::string name, std::string reason, std::function<void(Attacker&)> act) {
  return {std::move(name), std::move(reason), false, std::move(act)};
}
Case permitted(std::string name, std::string reason, std::function<void(Attacker&)> act) {
  return {std::move(name), std::move(reason), true, std::move(act)};
}
Case edited(std::string name, std::string reason, int number, std::string from, std::string to) {
  return forbidden(std::move(name), std::move(reason), [=](Attacker& one) { one.edit(number, from, to); });
}

void fillIn(Attacker& one, int field, const std::string& value) { one.edit(field, "/V(", "/V(" + value); }

std::vector<Case> contentCases() {
  return {
      forbidden("content replaced", "contentChanged", [](Attacker& a) { a.putStream(5, "BT (We pay 1) Tj ET"); }),
      forbidden("content freed", "contentRemoved", [](Attacker& a) { a.free(5); }),
      forbidden("content that lay hidden in the file", "contentChanged",
                [](Attacker& a) { a.pointTo(5, a.file().find("5 0 obj")); }),
      forbidden("content pointed to another object", "contentChanged",
                [](Attacker& a) { a.pointTo(5, a.file().rfind("\n6 0 obj") + 1); }),
      edited("other content for a page", "contentChanged", 3, "/Contents 5 0 R", "/Contents 6 0 R"),
      forbidden("content for a reference that led nowhere", "objectRevealed",
                [](Attacker& a) { a.putStream(400, "BT (We pay 1) Tj ET"); }),
      forbidden("font replaced", "resourceChanged",
                [](Attacker& a) { a.put(9, "<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>"); }),
      edited("resources replaced", "resourceChanged", 7, "/Look 18 0 R", "/Look 11 0 R"),
      edited("resources of one page replaced", "resourceChanged", 3, "/Resources 7 0 R", "/Resources<<>>"),
  };
}

std::vector<Case> pageCases() {
  return {
      edited("page removed", "pageTreeChanged", 2, "[3 0 R 4 0 R]/Count 2", "[3 0 R]/Count 1"),
      edited("pages swapped", "pageTreeChanged", 2, "[3 0 R 4 0 R]", "[4 0 R 3 0 R]"),
      forbidden("page added", "pageTreeChanged",
                [](Attacker& a) {
                  a.edit(2, "4 0 R]/Count 2", "4 0 R 50 0 R]/Count 3");
                  a.put(50, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>");
                }),
      forbidden("another page tree", "pageTreeChanged",
                [](Attacker& a) {
                  a.edit(1, "/Pages 2 0 R", "/Pages 50 0 R");
                  a.put(50, "<</Type/Pages/Kids[4 0 R]/Count 1>>");
                }),
      edited("page turned", "pageChanged", 3, "/Parent 2 0 R", "/Parent 2 0 R/Rotate 90"),
      edited("page cropped", "pageChanged", 3, "/Parent 2 0 R", "/Parent 2 0 R/CropBox[0 0 300 300]"),
      edited("page scaled", "pageChanged", 3, "/Parent 2 0 R", "/Parent 2 0 R/UserUnit 2"),
      edited("page with an action", "pageChanged", 3, "/Parent 2 0 R", "/Parent 2 0 R/AA<</O " + script + ">>"),
      edited("page inherits something", "pageTreeChanged", 2, "/Count 2", "/Count 2/Rotate 180"),
  };
}

std::vector<Case> annotationCases() {
  const std::string overlay = "<</Type/Annot/Subtype/FreeText/Rect[0 0 500 800]/DA(/Helv 9 Tf)/Contents(x)>>";
  return {
      forbidden("annotation added in a list of its own", "annotationAdded",
                [=](Attacker& a) {
                  a.put(50, overlay);
                  a.edit(12, "]", " 50 0 R]");
                }),
      forbidden("annotation added in the page", "annotationAdded",
                [=](Attacker& a) {
                  a.put(50, overlay);
                  a.edit(4, "/Annots [", "/Annots [50 0 R ");
                }),
      forbidden("stamp annotation added", "annotationAdded",
                [](Attacker& a) {
                  a.put(50, "<</Type/Annot/Subtype/Stamp/Rect[0 0 500 800]/AP<</N 11 0 R>>>>");
                  a.edit(4, "/Annots [", "/Annots [50 0 R ");
                }),
      forbidden("annotation direct in the list", "annotationAdded",
                [=](Attacker& a) { a.edit(12, "]", overlay + "]"); }),
      edited("annotation of another page", "annotationAdded", 4, "/Annots [", "/Annots [13 0 R "),
      edited("annotation twice", "annotationAdded", 12, "13 0 R", "13 0 R 13 0 R"),
      edited("annotation removed", "annotationRemoved", 12, "13 0 R ", ""),
      edited("order of annotations changed", "annotationAdded", 12, "10 0 R 13 0 R", "13 0 R 10 0 R"),
      edited("annotation moved", "annotationChanged", 13, "[300 600", "[0 0"),
      edited("annotation with an action", "annotationChanged", 13, "/Rect", "/A " + script + "/Rect"),
      edited("annotation freed from hiding", "annotationChanged", 13, "/Rect", "/F 2/Rect"),
  };
}

std::vector<Case> fieldCases() {
  const auto newLook = [](Attacker& a, int number) {
    a.putStream(number, "/Tx BMC BT (1000000) Tj ET EMC", "/Type/XObject/Subtype/Form/BBox[0 0 100 20]");
  };
  return {
      permitted("field filled in", "fieldFilled",
                [=](Attacker& a) {
                  a.edit(10, "/V(100)/Rect[72 600 172 620]/AP<</N 11 0 R>>",
                         "/V(200)/Rect[72 600 172 620]/AP<</N 50 0 R>>");
                  newLook(a, 50);
                }),
      permitted("field filled in, its look written over", "fieldFilled",
                [=](Attacker& a) {
                  fillIn(a, 10, "9");
                  newLook(a, 11);
                }),
      permitted("look written over that is led to through another object", "fieldFilled",
                [=](Attacker& a) {
                  fillIn(a, 19, "9");
                  newLook(a, 22);
                }),
      permitted("field filled in, and made read-only", "fieldFilled",
                [=](Attacker& a) { a.edit(10, "/V(100)", "/V(9)/Ff 1"); }),
      forbidden("look that the page draws too", "sharedObject",
                [=](Attacker& a) {
                  fillIn(a, 17, "9");
                  newLook(a, 18);
                }),
      forbidden("look without a value", "contentChanged", [=](Attacker& a) { newLook(a, 11); }),
      forbidden("another look, the same value", "appearanceChanged",
                [=](Attacker& a) {
                  a.edit(10, "/AP<</N 11 0 R>>", "/AP<</N 50 0 R>>");
                  newLook(a, 50);
                }),
      forbidden("font under a filled field", "resourceChanged",
                [=](Attacker& a) {
                  fillIn(a, 10, "9");
                  a.put(9, "<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>");
                }),
      forbidden("value that is a stream", "fieldChanged",
                [=](Attacker& a) {
                  a.edit(10, "/V(100)", "/V 50 0 R");
                  newLook(a, 50);
                }),
      edited("field moved", "fieldChanged", 10, "[72 600 172 620]", "[0 0 500 800]"),
      edited("field hidden", "fieldChanged", 10, "/F 4", "/F 2"),
      edited("field with an action", "fieldChanged", 10, "/Rect", "/AA<</K " + script + ">>/Rect"),
      edited("field renamed", "fieldChanged", 10, "/T(amount)", "/T(price)"),
      edited("field removed", "fieldRemoved", 8, "10 0 R ", ""),
      forbidden("field added", "fieldAdded",
                [](Attacker& a) {
                  a.put(50, "<</Type/Annot/Subtype/Widget/FT/Tx/T(new)/V(1)/Rect[0 0 500 800]>>");
                  a.edit(8, "/Fields [", "/Fields [50 0 R ");
                }),
      forbidden("signature field added, not signed", "fieldAdded",
                [](Attacker& a) {
                  a.put(50, "<</Type/Annot/Subtype/Widget/FT/Sig/T(new)/Rect[0 0 500 800]/AP<</N 11 0 R>>>>");
                  a.edit(8, "/Fields [", "/Fields [50 0 R ");
                }),
      forbidden("signature field with a name that is there", "fieldAdded",
                [](Attacker& a) {
                  a.put(50, "<</Type/Annot/Subtype/Widget/FT/Sig/T(amount)/Rect[0 0 5 8]/V 51 0 R>>");
                  a.put(51, "<</Type/Sig/SubFilter/ETSI.CAdES.detached/ByteRange[0 1 2 3]/Contents<00>>>");
                  a.edit(8, "/Fields [", "/Fields [50 0 R ");
                }),
      forbidden("look for an empty signature field", "signatureChanged",
                [](Attacker& a) { a.edit(21, "[0 0 0 0]", "[0 0 0 0]/AP<</N 11 0 R>>"); }),
      forbidden("stamp moved", "signatureChanged",
                [](Attacker& a) { a.edit(a.find("/FT /Sig /T "), "/Rect [", "/Rect [1"); }),
      forbidden("stamp removed", "fieldRemoved",
                [](Attacker& a) { a.edit(8, std::to_string(a.find("/FT /Sig /T ")) + " 0 R", ""); }),
  };
}

std::vector<Case> catalogCases() {
  const auto added = [](std::string name, const std::string& member) {
    return edited(std::move(name), "catalogChanged", 1, "/Pages 2 0 R", "/Pages 2 0 R" + member);
  };
  return {
      added("action on opening", "/OpenAction " + script),
      added("actions of the document", "/AA<</WC " + script + ">>"),
      added("scripts", "/Names<</JavaScript<</Names[(a)" + script + "]>>>>"),
      added("optional content", "/OCProperties<</OCGs[16 0 R]/D<</OFF[16 0 R]>>>>"),
      added("permissions", "/Perms<</DocMDP 16 0 R>>"),
      added("view", "/ViewerPreferences<</Direction/R2L>>"),
      added("extensions that lead somewhere", "/Extensions<</X 5 0 R>>"),
      forbidden("another catalog", "catalogChanged",
                [](Attacker& a) {
                  a.put(50, a.body(1));
                  a.trailer("/Root 50 0 R/Info 15 0 R");
                }),
      forbidden("something strange in the trailer", "trailerChanged",
                [](Attacker& a) {
                  a.put(50, "0");
                  a.trailer("/Root 1 0 R/Info 15 0 R/Strange 5 0 R");
                }),
      edited("fields drawn anew", "formChanged", 8, "/DA", "/NeedAppearances true/DA"),
      edited("another form beside it", "formChanged", 8, "/DA", "/XFA(x)/DA"),
      edited("default look changed", "formChanged", 8, "/Helv 0 Tf 0 g", "/Helv 0 Tf 1 g"),
      edited("font of the form replaced", "resourceChanged", 8, "/Helv 9 0 R", "/Helv 11 0 R"),
      permitted("font for the form", "fieldFilled",
                [](Attacker& a) {
                  a.edit(8, "/Helv 9 0 R", "/Helv 9 0 R/New 50 0 R");
                  a.put(50, "<</Type/Font/Subtype/Type1/BaseFont/Courier>>");
                  fillIn(a, 10, "9");
                }),
      permitted("metadata written anew", "metadataChanged",
                [](Attacker& a) { a.putStream(14, "<x:xmpmeta>new</x:xmpmeta>", "/Type/Metadata/Subtype/XML"); }),
      permitted("information written anew", "metadataChanged", [](Attacker& a) { a.put(15, "<</Producer(else)>>"); }),
      forbidden("information that leads somewhere", "metadataChanged",
                [](Attacker& a) { a.put(15, "<</Producer<</X 5 0 R>>>>"); }),
      permitted("validation data", "validationDataAdded",
                [](Attacker& a) {
                  a.edit(1, "/Pages 2 0 R",
                         "/Pages 2 0 R/DSS 50 0 R/Extensions<</ESIC<</BaseVersion/1.7/ExtensionLevel 5>>>>");
                  a.put(50, "<</Certs[51 0 R]>>");
                  a.putStream(51, "certificate");
                }),
      forbidden("validation data, and what it should not be", "contentChanged",
                [](Attacker& a) {
                  a.edit(1, "/Pages 2 0 R", "/Pages 2 0 R/DSS<</Certs[5 0 R]>>");
                  a.putStream(5, "BT (We pay 1) Tj ET");
                }),
  };
}

std::vector<Case> revisionCases() {
  return {
      forbidden("a table of its own, linked to nothing", "revisionNotLinked", [](Attacker& a) { a.takeOver(); }),
      forbidden("a table of its own, and other content", "revisionNotLinked",
                [](Attacker& a) {
                  a.takeOver();
                  a.putStream(5, "BT (We pay 1) Tj ET");
                }),
      forbidden("more changes than anybody looks at", "tooManyChanges",
                [](Attacker& a) {
                  for (int number = 1000; number < 21'100; ++number) a.put(number, "0");
                }),
  };
}

void run(const std::vector<Case>& cases) {
  for (const auto kind : {Xref::table, Xref::stream})
    for (const auto& one : cases) {
      CAPTURE(one.name);
      CAPTURE(static_cast<int>(kind));
      Attacker attacker(stampedFile(kind), kind);
      one.act(attacker);
      const auto report = reportOn(attacker.finish());
      REQUIRE_MESSAGE(report.signatures.size() >= (one.reason == "fieldRemoved" ? 0 : 1), report.verdict);
      std::string told;
      for (const auto& signature : report.signatures)
        for (const auto& change : signature.changesAfter) told += (change.permitted ? "+" : "-") + change.reason + " ";
      CHECK_MESSAGE(report.verdict == (one.permitted               ? "valid-with-note"
                                       : report.signatures.empty() ? "unsigned"
                                                                   : "invalid"),
                    told);
      if (!report.signatures.empty())
        CHECK_MESSAGE(std::ranges::any_of(report.signatures,
                                          [&](const auto& each) { return has(each, one.reason, one.permitted); }),
                      told);
    }
}

}  // namespace

TEST_CASE("changed after signing: content and resources") { run(contentCases()); }
TEST_CASE("changed after signing: pages") { run(pageCases()); }
TEST_CASE("changed after signing: annotations") { run(annotationCases()); }
TEST_CASE("changed after signing: fields, filled in or tampered with") { run(fieldCases()); }
TEST_CASE("changed after signing: catalog, form, metadata, validation data") { run(catalogCases()); }
TEST_CASE("changed after signing: revisions that are none, or too large") { run(revisionCases()); }

TEST_CASE("appended without a cross-reference section, or behind the end: never valid") {
  for (const auto kind : {Xref::table, Xref::stream}) {
    const auto& file = stampedFile(kind);
    CHECK(reportOn(file).verdict == "valid");
    const auto blank = reportOn(file + " \r\n\n");
    CHECK(blank.verdict == "valid-with-note");
    CHECK(has(blank.signatures.at(0), "blankBytes", true));
    const std::string body = "5 0 obj\n<</Length 0>>\nstream\n\nendstream\nendobj\n";
    for (const auto& junk :
         {body, std::string("x"), body + "%%EOF\n", std::string(3000, 'x'), body + "startxref\n9\n%%EOF\n",
          "xref\n5 1\n0000000009 00000 n \ntrailer\n<</Root 1 0 R>>\n" + std::string("%%EOF\n")}) {
      const auto report = reportOn(file + junk);
      CAPTURE(junk.substr(0, 80));
      REQUIRE(report.signatures.size() == 1);
      CHECK(report.verdict == "invalid");
    }
  }
}

TEST_CASE("signed again and again: valid; what was changed between counts against the earlier ones") {
  for (const auto kind : {Xref::table, Xref::stream}) {
    const TemporaryFolder folder;
    writeFile(folder / "once.pdf", viewOf(stampedFile(kind)));
    const auto again = stamp(folder / "once.pdf", requestAt(1, 60, 60));
    REQUIRE_MESSAGE(again.has_value(), again.error().detail.at("reason"));
    const auto twice = textOf(*again);
    auto report = reportOn(twice);
    REQUIRE(report.signatures.size() == 2);
    CHECK(report.verdict == "valid-with-note");
    CHECK(report.signatures[1].verdict == "valid");
    CHECK(has(report.signatures[0], "signatureAdded", true));

    Attacker between(stampedFile(kind), kind);
    between.edit(13, "[300 600", "[0 0");
    writeFile(folder / "between.pdf", viewOf(between.finish()));
    const auto stamped = stamp(folder / "between.pdf", requestAt(1, 60, 60));
    REQUIRE_MESSAGE(stamped.has_value(), stamped.error().detail.at("reason"));
    report = reportOn(textOf(*stamped));
    REQUIRE(report.signatures.size() == 2);
    CHECK(report.verdict == "invalid");
    CHECK(report.signatures[0].verdict == "invalid");
    CHECK(report.signatures[1].verdict == "valid");
    CHECK(has(report.signatures[0], "annotationChanged", false));

    Attacker after(twice, kind);
    after.putStream(5, "BT (We pay 1) Tj ET");
    report = reportOn(after.finish());
    CHECK(report.signatures.at(0).verdict == "invalid");
    CHECK(report.signatures.at(1).verdict == "invalid");
  }
}
