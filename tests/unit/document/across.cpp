// SPDX-License-Identifier: Apache-2.0
// 骑缝章: what pdftoppm draws at the edges, put side by side again, is the seal.
#include <doctest/doctest.h>

#include "drawn.h"
#include "made.h"
#include "stamped.h"

using namespace sealferry;
using namespace sealferry::test;
using document::Edge;

namespace {

document::StampRequest across(Edge edge, double alongMm = -1) {
  auto request = requestAt(1, 0, 0);
  request.placements.clear();
  request.across = document::Across{edge, alongMm, {1, 0}};
  return request;
}

Result<Bytes> stampAcross(const Bytes& original, const document::StampRequest& request) {
  const TemporaryFolder folder;
  writeFile(folder / "a.pdf", original);
  return stamp(folder / "a.pdf", request);
}

Result<document::Reserved> reserveAcross(const Bytes& original, const document::StampRequest& request) {
  const TemporaryFolder folder;
  writeFile(folder / "a.pdf", original);
  const OpenFile file(folder / "a.pdf");
  return engine().reserve(file.descriptor(), request);
}

/// The colour of the seal's point (mm from its upper left corner), looked for on the page that shows its strip.
std::string sealAt(const std::vector<Drawn>& pages, Edge edge, double alongMm, double xMm, double yMm) {
  const bool down = edge == Edge::top || edge == Edge::bottom;
  const double step = 20.0 / static_cast<double>(pages.size());
  const auto index = static_cast<std::size_t>((down ? yMm : xMm) / step);
  const auto& page = pages[index];
  const double inside = (down ? yMm : xMm) - static_cast<double>(index) * step;
  const double width = page.width / 10.0, height = page.height / 10.0;
  switch (edge) {
    case Edge::right:
      return page.colourAt(width - step + inside, alongMm - 10 + yMm);
    case Edge::left:
      return page.colourAt(inside, alongMm - 10 + yMm);
    case Edge::top:
      return page.colourAt(alongMm - 10 + xMm, inside);
    case Edge::bottom:
      return page.colourAt(alongMm - 10 + xMm, height - step + inside);
  }
  return {};
}

}  // namespace

TEST_CASE("the strips at the pages' edges are the seal, whichever edge and however the pages are turned") {
  const auto original = pagesWith({"", "/Rotate 90", "/Rotate 180 /CropBox [30 20 560 800]", "/Rotate 270"});
  for (const auto edge : {Edge::right, Edge::left, Edge::top, Edge::bottom}) {
    CAPTURE(static_cast<int>(edge));
    const auto pdf = stampAcross(original, across(edge, 100));
    REQUIRE(pdf.has_value());
    std::vector<Drawn> pages;
    for (unsigned page = 1; page <= 4; ++page) pages.push_back(draw(*pdf, page));
    for (double x = 1.25; x < 20; x += 2.5)
      for (double y = 1.25; y < 20; y += 2.5) {
        CAPTURE(x);
        CAPTURE(y);
        CHECK(sealAt(pages, edge, 100, x, y) == (x < 10 && y < 10 ? "blue" : "red"));
      }
    // Nothing beside the strip.
    const bool down = edge == Edge::top || edge == Edge::bottom;
    const auto& first = pages[0];
    const double away = edge == Edge::right    ? first.width / 10.0 - 6
                        : edge == Edge::bottom ? first.height / 10.0 - 6
                                               : 6;
    CHECK((down ? first.colourAt(100, away) : first.colourAt(away, 100)) == "white");
    const auto signatures = pdfsig(*pdf);
    REQUIRE(signatures.size() == 1);
    CHECK(signatures[0].valid);
    CHECK(signatures[0].whole);
  }
}

TEST_CASE("across the middle of the edge where no place is named") {
  const auto reserved = reserveAcross(pagesWith({"", "", ""}), across(Edge::right));
  REQUIRE(reserved.has_value());
  REQUIRE(reserved->stamps.size() == 3);
  CHECK(reserved->stamps[0].yMm == doctest::Approx(297.0 / 2).epsilon(0.001));
  CHECK(reserved->stamps[0].widthMm == doctest::Approx(20.0 / 3));
  CHECK(reserved->increments.size() == 1);
}

TEST_CASE("more pages than strips: the seal is shown again, cut for equal groups") {
  const auto many = reserveAcross(pagesWith(std::vector<std::string>(130)), across(Edge::right));
  REQUIRE(many.has_value());
  REQUIRE(many->stamps.size() == 130);
  // A strip is no narrower than half a millimetre: forty of a seal of 20 mm; 130 pages are four groups of 32 or 33.
  CHECK(many->stamps.front().widthMm == doctest::Approx(20.0 / 32));
  CHECK(many->stamps.back().widthMm == doctest::Approx(20.0 / 33));
}

TEST_CASE("what cannot be cut is refused") {
  CHECK(reserveAcross(pagesWith({""}), across(Edge::right)).error().detail.at("reason") == "onePage");
  auto narrow = across(Edge::right);
  narrow.picture.widthMm = 0.4;
  CHECK(reserveAcross(pagesWith({"", ""}), narrow).error().detail.at("reason") == "slices");
  auto tall = across(Edge::right);
  tall.picture.heightMm = 400;
  CHECK(reserveAcross(pagesWith({"", ""}), tall).error().detail.at("reason") == "pageTooSmall");
}
