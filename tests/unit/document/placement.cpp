// SPDX-License-Identifier: Apache-2.0
// Where a stamp lands and which way up it is, as pdftoppm draws it: every rotation, with and without an offset crop
// box.
#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <sstream>
#include <vector>

#include "stamped.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

/// A page of 100 × 150 mm user space with a crop box and a rotation, written by hand.
Bytes pageWith(int rotation, bool cropped, double userUnit = 1) {
  std::ostringstream out;
  std::vector<long> offsets;
  const auto object = [&](const std::string& body) {
    offsets.push_back(static_cast<long>(out.tellp()));
    out << offsets.size() << " 0 obj\n" << body << "\nendobj\n";
  };
  out << "%PDF-1.6\n";
  object("<</Type /Catalog /Pages 2 0 R>>");
  object("<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [-20 -30 263.46 395.2] /Rotate " + std::to_string(rotation) +
         ">>");
  object("<</Type /Page /Parent 2 0 R" + std::string(cropped ? " /CropBox [10 20 220 330]" : "") +
         (userUnit != 1 ? " /UserUnit " + std::to_string(userUnit) : "") + ">>");
  const auto start = out.tellp();
  out << "xref\n0 4\n0000000000 65535 f \n";
  for (const auto offset : offsets) {
    char line[32];
    std::snprintf(line, sizeof line, "%010ld 00000 n \n", offset);
    out << line;
  }
  out << "trailer\n<</Size 4 /Root 1 0 R>>\nstartxref\n" << start << "\n%%EOF";
  return copyOf(viewOf(out.str()));
}

struct Picture {
  int width = 0, height = 0;
  Bytes pixels;
  std::array<int, 3> at(int x, int y) const {
    const auto* pixel =
        pixels.data() +
        (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) * 3;
    return {pixel[0], pixel[1], pixel[2]};
  }
  std::string colour(int x, int y) const {
    if (x < 0 || y < 0 || x >= width || y >= height) return "outside";
    const auto [r, g, b] = at(x, y);
    if (r > 200 && g > 200 && b > 200) return "white";
    if (r > 200 && g < 80 && b < 80) return "red";
    if (r < 80 && g < 80 && b > 200) return "blue";
    return "other";
  }
};

constexpr int resolution = 254;  // 10 pixels a millimetre

Picture draw(const Bytes& pdf) {
  const TemporaryFolder folder;
  writeFile(folder / "a.pdf", pdf);
  const auto command = "pdftoppm -cropbox -r " + std::to_string(resolution) + " -singlefile '" +
                       (folder / "a.pdf").string() + "' '" + (folder / "a").string() + "'";
  REQUIRE(run(command) == 0);
  const auto content = readFile(folder / "a.ppm");
  Picture picture;
  int header = 0;
  REQUIRE(std::sscanf(textOf(content).c_str(), "P6 %d %d 255%n", &picture.width, &picture.height, &header) == 2);
  picture.pixels = {content.begin() + header + 1, content.end()};
  return picture;
}

/// The square is 20 mm wide, its centre at x, y millimetres: look 7 mm to each side, and outside.
void checkAround(const Picture& picture, double xMm, double yMm) {
  const auto look = [&](double dx, double dy) {
    return picture.colour(static_cast<int>((xMm + dx) * 10), static_cast<int>((yMm + dy) * 10));
  };
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
