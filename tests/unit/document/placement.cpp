// SPDX-License-Identifier: Apache-2.0
// Where a stamp lands and which way up it is, as pdftoppm draws it: every rotation, with and without an offset crop
// box.
#include <doctest/doctest.h>

#include "drawn.h"
#include "made.h"
#include "stamped.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

/// The square is 20 mm wide, its centre at x, y millimetres: look 7 mm to each side, and outside.
void checkAround(const Drawn& picture, double xMm, double yMm) {
  const auto look = [&](double dx, double dy) { return picture.colourAt(xMm + dx, yMm + dy); };
  CHECK(look(-7, -7) == "blue");
  CHECK(look(7, -7) == "red");
  CHECK(look(-7, 7) == "red");
  CHECK(look(7, 7) == "red");
  CHECK(look(-12, 0) == "white");
  CHECK(look(12, 0) == "white");
  CHECK(look(0, -12) == "white");
  CHECK(look(0, 12) == "white");
}

}  // namespace

TEST_CASE("a stamp is upright and where it was asked for, whatever the page's rotation and crop box") {
  const TemporaryFolder folder;
  for (const int rotation : {0, 90, 180, 270, -90, 450})
    for (const bool cropped : {false, true}) {
      CAPTURE(rotation);
      CAPTURE(cropped);
      writeFile(folder / "page.pdf", pageWith(rotation, cropped));
      const auto stamped = stamp(folder / "page.pdf", requestAt(1, 30, 24));
      REQUIRE(stamped.has_value());
      checkAround(draw(*stamped), 30, 24);
    }
}

TEST_CASE("a crop box that leaves the media box shows what both have in common (ISO 32000-1 §14.11.2)") {
  const TemporaryFolder folder;
  for (const auto* crop : {"[60 60 340 460]", "[-70 -90 200 300]", "[340 460 60 60]", "[-10 -10 280 380]"})
    for (const auto* rotation : {"0", "90", "180", "270"}) {
      CAPTURE(crop);
      CAPTURE(rotation);
      writeFile(folder / "page.pdf",
                pagesWith({"/MediaBox [0 0 300 420] /CropBox " + std::string(crop) + " /Rotate " + rotation}));
      const auto stamped = stamp(folder / "page.pdf", requestAt(1, 30, 24));
      REQUIRE(stamped.has_value());
      checkAround(draw(*stamped), 30, 24);
      const auto corner = stamp(folder / "page.pdf", requestAt(1, 0, 0));
      REQUIRE(corner.has_value());
      CHECK(draw(*corner).colour(30, 30) == "blue");  // moved to where it is to be seen
    }
}

TEST_CASE("a crop box that has nothing in common with the media box does not count") {
  const TemporaryFolder folder;
  for (const auto* crop : {"[400 500 600 700]", "[-400 100 -100 300]", "[300 0 600 420]", "[50 50 50 50]"}) {
    CAPTURE(crop);
    writeFile(folder / "page.pdf", pagesWith({"/MediaBox [0 0 300 420] /CropBox " + std::string(crop)}));
    const auto stamped = stamp(folder / "page.pdf", requestAt(1, 30, 24));
    REQUIRE(stamped.has_value());
    checkAround(draw(*stamped, 1, 254, Shown::mediaBox), 30, 24);
  }
}

TEST_CASE("a stamp that would leave the page is moved in; one that is larger than the page is refused") {
  const TemporaryFolder folder;
  writeFile(folder / "page.pdf", pageWith(90, true));
  const auto corner = stamp(folder / "page.pdf", requestAt(1, 0, 0));
  REQUIRE(corner.has_value());
  CHECK(draw(*corner).colour(30, 30) == "blue");
  auto request = requestAt(1, 0, 0);
  request.placements[0].clamp = false;
  CHECK(stamp(folder / "page.pdf", request).error().code == ErrorCode::stamp_does_not_fit);
  request = requestAt(1, 30, 30);
  request.picture.widthMm = 400;
  CHECK(stamp(folder / "page.pdf", request).error().code == ErrorCode::stamp_does_not_fit);
}

TEST_CASE("a page measured in larger units gets a stamp of the same millimetres") {
  const TemporaryFolder folder;
  writeFile(folder / "page.pdf", pageWith(0, false, 2));
  const auto stamped = stamp(folder / "page.pdf", requestAt(1, 60, 50));
  REQUIRE(stamped.has_value());
  // pdftoppm (22.12) does not know /UserUnit: it draws the page half as large.
  const auto picture = draw(*stamped);
  CHECK(picture.colour(300 - 35, 250 - 35) == "blue");
  CHECK(picture.colour(300 + 35, 250 + 35) == "red");
  CHECK(picture.colour(300 + 60, 250) == "white");
}
