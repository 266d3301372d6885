// SPDX-License-Identifier: Apache-2.0
// Documents with very many pages in one node: whichever of the two readers reads the list, the same page is stamped.
#include <doctest/doctest.h>

#include "drawn.h"
#include "long_kids.h"
#include "made.h"
#include "open.h"
#include "stamped.h"
#include "tree_nodes.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

constexpr int many = 1500;
const std::string catalog = "<</Type /Catalog /Pages 2 0 R>>";
const std::string leaf = "<</Type /Page /MediaBox [0 0 595.276 841.89] /Parent 2 0 R>>";

std::string references(int first, int count) {
  std::string list;
  for (int i = 0; i < count; ++i) list += std::to_string(first + i) + " 0 R ";
  return list;
}

/// One node of `count` pages, from object 3 on, written as given.
Bytes withNode(const std::string& node, int count = many) {
  std::vector<std::string> bodies(static_cast<std::size_t>(count) + 2, leaf);
  bodies[0] = catalog;
  bodies[1] = node;
  return madeOf(bodies);
}

/// Is the node's list read by ourselves?
bool isReadHere(const Bytes& document) {
  const auto at = textOf(document).find("2 0 obj");
  const auto kids = pdf::longKidsAt(pdf::MemorySource(document), at, QPDFObjGen(2, 0));
  if (kids) CHECK(kids->shown < kids->list.size());
  return kids.has_value();
}

std::string objectOf(unsigned page) { return "\n" + std::to_string(page + 2) + " 0 obj\n"; }

/// The reason of a refusal; else whether that page, and no other, was written anew.
std::string outcome(const Bytes& document, unsigned page) {
  const TemporaryFolder folder;
  writeFile(folder / "a.pdf", document);
  const auto stamped = stamp(folder / "a.pdf", requestAt(page, 40, 50));
  if (!stamped) return stamped.error().detail.at("reason");
  REQUIRE(verify(*stamped)->verdict == "valid");
  const auto added = textOf(ByteView(*stamped).subspan(document.size()));
  for (unsigned other = 1; other <= many; ++other)
    if (other != page && added.find(objectOf(other)) != std::string::npos) return "page " + std::to_string(other);
  return added.find(objectOf(page)) == std::string::npos ? "nowhere" : "stamped";
}

/// A document that is written to while it is read: what is read after the first time is of another version.
class Changing : public pdf::Source {
 public:
  Changing(Bytes first, Bytes then) : first_(std::move(first)), then_(std::move(then)) {}
  void begin() { readings_ = 1; }
  std::uint64_t size() const override { return first_.size(); }
  std::size_t readInto(std::uint64_t offset, std::span<std::uint8_t> into) const override {
    const bool changed = readings_ > 0 && readings_++ > 1;
    return pdf::MemorySource(changed ? then_ : first_).readInto(offset, into);
  }

 private:
  Bytes first_, then_;
  mutable int readings_ = 0;
};

}  // namespace

TEST_CASE("one page of very many, however their list is written") {
  const auto list = references(3, many);
  for (const std::string& node : {
           "<</Type /Pages /Count 1500 /Kids [" + list + "]>>",
           "<</Type/Pages/Kids[" + list + "]/Count 1500>>",
           "<</Kids % the pages\n[\n" + list + "% all of them: ] 3 0 R\n]/Type /Pages /Count 1500 /Note (/Kids [])>>",
           "<</Type /Pages /K#69ds [" + list + "] /Count 1500>>",
           "<</Type /Pages /Older <</Kids [" + references(4, many) + "]>> /Kids [" + list + "] /Count 1500>>",
           "<</Type /Pages /Parts [/Kids [" + references(4, many) + "]] /Kids [" + list + "] /Count 1500>>",
           "<</Type /Kids /Kids [" + list + "] /Count 1500>>",
       }) {
    const auto document = withNode(node);
    CHECK_MESSAGE(isReadHere(document), node.substr(0, 60));
    for (const unsigned page : {1U, 777U, 1500U})
      CHECK_MESSAGE(outcome(document, page) == "stamped", node.substr(0, 60));
  }
}

TEST_CASE("lists that are not what they seem are refused as short ones are") {
  const auto list = references(3, many);
  const auto node = [](const std::string& kids, int count) {
    return withNode("<</Type /Pages /Kids " + kids + " /Count " + std::to_string(count) + ">>");
  };
  CHECK(outcome(node("[" + list + "]", 1499), 1) == "pageTree");
  CHECK(outcome(node("[" + list + "]", 1501), 1) == "pageTree");
  CHECK(outcome(node("[" + list + "null]", 1501), 1501) == "pageTree");
  CHECK(outcome(node("[" + list + "9000 0 R]", 1501), 1501) == "pageTree");
  CHECK(outcome(node("[" + list + "3 1 R]", 1501), 1501) == "pageTree");
  CHECK(outcome(node("[2 0 R " + list + "]", 1501), 2) == "pageTree");
  CHECK(outcome(node("[" + list + "7 0 R]", 1501), 5) == "sharedPage");
  CHECK(outcome(node("[" + list + "7 0 R]", 1501), 6) == "stamped");
  for (const std::string& kids : {"[" + list + "null]", "[" + list, "[" + list + "R]", "[" + list + "] /Kids [3 0 R]"})
    CHECK_FALSE(isReadHere(node(kids, 1500)));
  CHECK_FALSE(isReadHere(withNode("<</Type /Pages /Kids [" + references(3, 999) + "] /Count 999>>", 999)));
  CHECK(outcome(node("[" + list, 1500), 1) != "stamped");
  CHECK(outcome(node("[" + list + "R]", 1500), 1) != "stamped");
  CHECK(outcome(node("[" + references(4, many - 1) + "] /Kids [" + list + "]", 1500), 3) == "damaged");
  CHECK(outcome(node("[" + list + "] /Kids [3 0 R]", 1), 1) == "damaged");
}

TEST_CASE("very many pages below each of several nodes, and bytes before the header") {
  std::vector<std::string> bodies = {catalog,
                                     "<</Type /Pages /MediaBox [0 0 595.276 841.89] /Kids [3 0 R 4 0 R] /Count 3000>>"};
  bodies.push_back("<</Type /Pages /Parent 2 0 R /Count 1500 /Kids [" + references(5, many) + "]>>");
  bodies.push_back("<</Type /Pages /Parent 2 0 R /Count 1500 /Kids [" + references(5 + many, many) + "]>>");
  for (int i = 0; i < 2 * many; ++i)
    bodies.push_back("<</Type /Page /Parent " + std::to_string(i < many ? 3 : 4) + " 0 R>>");
  const TemporaryFolder folder;
  const auto document = madeOf(bodies);
  auto shifted = copyOf(viewOf("something else\n"));
  shifted.insert(shifted.end(), document.begin(), document.end());
  for (const auto& content : {document, shifted}) {
    writeFile(folder / "a.pdf", content);
    for (const unsigned page : {1U, 1500U, 1501U, 3000U}) {
      const auto pdf = stamp(folder / "a.pdf", requestAt(page, 40, 50));
      REQUIRE(pdf.has_value());
      CHECK(verify(*pdf)->verdict == "valid");
      CHECK(qpdfCheck(*pdf) == 0);
      const auto drawn = draw(*pdf, page);
      CHECK(drawn.colourAt(33, 43) == "blue");
      CHECK(drawn.colourAt(47, 57) == "red");
    }
  }
}

TEST_CASE("what the parser reads of a long list must be what we read of it") {
  const auto node = [](int hundredth) {
    return withNode("<</Type /Pages /Count 1500 /Kids [" + references(3, 99) + std::to_string(hundredth) + " 0 R " +
                    references(103, many - 100) + "]>>");
  };
  for (const int then : {102, 103}) {
    Changing source(node(102), node(then));
    const auto input = std::make_shared<pdf::PartInput>(source);
    const auto pdf = pdf::openDocument(input);
    REQUIRE(pdf.has_value());
    pdf::TreeNodes nodes(**pdf, *input);
    const auto root = (*pdf)->getRoot().getKey("/Pages");
    source.begin();
    if (then == 102) {
      CHECK(nodes.isNode(root));
      CHECK(nodes.countKids(root) == many);
    } else {
      CHECK_THROWS_AS(nodes.isNode(root), std::runtime_error);
    }
  }
}

TEST_CASE("a long list survives in an object that is a page tree node and is written again for what else it is") {
  const TemporaryFolder folder;
  std::vector<std::string> bodies(many + 2, leaf);
  bodies[0] = "<</Type /Catalog /Pages 2 0 R /AcroForm 2 0 R>>";
  bodies[1] = "<</Type /Pages /Fields [] /Count 1500 /Kids [" + references(3, many) + "]>>";
  writeFile(folder / "a.pdf", madeOf(bodies));
  const auto stamped = stamp(folder / "a.pdf", requestAt(1, 40, 50));
  REQUIRE(stamped.has_value());
  writeFile(folder / "b.pdf", *stamped);
  REQUIRE(stamp(folder / "b.pdf", requestAt(many, 40, 50)).has_value());
  CHECK(qpdfCheck(*stamped) == 0);
}
