// SPDX-License-Identifier: Apache-2.0
// The decoders against what another program (ImageMagick) made of the same files, and against broken ones.
#include <doctest/doctest.h>

#include <cstdlib>

#include "bmp_runs.h"
#include "picture/pixels.h"
#include "support/files.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

std::vector<std::filesystem::path> pictures() {
  std::vector<std::filesystem::path> all;
  for (const auto& entry : std::filesystem::directory_iterator(vectors() / "pictures"))
    if (entry.path().extension() != ".png") all.push_back(entry.path());
  return all;
}

picture::Pixels decoded(ByteView data) {
  auto pixels = picture::decode(data);
  REQUIRE(pixels);
  return *std::move(pixels);
}

/// The largest difference of a sample, opacity included; colours of clear pixels do not count.
int difference(const picture::Pixels& left, const picture::Pixels& right) {
  REQUIRE(left.width == right.width);
  REQUIRE(left.height == right.height);
  int largest = 0;
  for (std::size_t at = 0; at < left.rgba.size(); ++at)
    if (at % 4 == 3 || left.rgba[at / 4 * 4 + 3] != 0)
      largest = std::max(largest, std::abs(left.rgba[at] - right.rgba[at]));
  return largest;
}

/// Lossy: decoders round differently, and smooth colours that were thinned out.
int tolerance(const std::filesystem::path& path) {
  if (path.stem() == "progressive") return 40;
  if (path.extension() == ".jpg") return 4;
  return path.stem() == "bits16" ? 8 : 0;
}

Bytes noise(unsigned side) {
  picture::Pixels pixels{side, side, {}};
  unsigned state = 1;
  for (std::size_t i = 0; i < std::size_t{side} * side * 4; ++i)
    pixels.rgba.push_back(static_cast<std::uint8_t>((state = state * 1103515245 + 12345) >> 16));
  return picture::encodePng(pixels);
}

void put(Bytes& data, std::size_t at, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) data[at + static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(value >> 8 * i);
}

}  // namespace

TEST_CASE("JPEG, GIF and BMP of many kinds look as another decoder sees them") {
  const auto all = pictures();
  CHECK(all.size() == 16);
  for (const auto& path : all) {
    CAPTURE(path.filename().string());
    const auto ours = decoded(readFile(path));
    const auto theirs = decoded(readFile(path.string() + ".png"));
    CHECK(difference(ours, theirs) <= tolerance(path));
  }
}

TEST_CASE("what was decoded is written as PNG and read the same") {
  for (const auto& path : pictures()) {
    const auto pixels = decoded(readFile(path));
    const auto again = decoded(picture::encodePng(pixels));
    CHECK(difference(pixels, again) == 0);
  }
}

TEST_CASE("cut off or with a byte changed, every picture is decoded or refused") {
  std::size_t refused = 0, tried = 0;
  for (const auto& path : pictures()) {
    const auto whole = readFile(path);
    for (std::size_t i = 0; i < whole.size(); ++i) {
      auto changed = whole;
      changed[i] ^= 0xff;
      refused += picture::decode(changed) ? 0U : 1U;
      refused += picture::decode(ByteView(whole).first(i)) ? 0U : 1U;
      tried += 2;
    }
  }
  CHECK(refused > tried / 4);
  CHECK(refused < tried);
}

TEST_CASE("sizes are looked at before memory is taken") {
  auto bitmap = readFile(vectors() / "pictures" / "bits24.bmp");
  put(bitmap, 18, 4096);
  put(bitmap, 22, 4096);
  CHECK_FALSE(picture::decode(bitmap));  // the rows are not there
  put(bitmap, 18, 4097);
  CHECK_FALSE(picture::decode(bitmap));
  put(bitmap, 18, 0x80000000);
  CHECK_FALSE(picture::decode(bitmap));
  put(bitmap, 18, 21);
  put(bitmap, 22, 0x80000000);  // the smallest number has no positive counterpart
  CHECK_FALSE(picture::decode(bitmap));
}

TEST_CASE("an index beyond the palette of a GIF is refused, of a BMP black") {
  auto bitmap = readFile(vectors() / "pictures" / "bits4.bmp");
  put(bitmap, 46, 1);  // one colour
  const auto pixels = decoded(bitmap);
  CHECK(pixels.rgba[3] == 0xff);
}

TEST_CASE(
    "runs of a bitmap: too many rows are refused, a row's padding is left away, what is jumped over has the first "
    "colour") {
  const auto runs = [](Bytes packed, unsigned bits) { return picture::unpackRuns(packed, 3, 2, bits); };
  CHECK(runs({3, 7, 0, 0, 2, 9, 0, 1}, 8) == Bytes{7, 7, 7, 0, 9, 9, 0, 0});
  CHECK(runs({3, 0x12, 0, 0, 0, 3, 0x45, 0x60}, 4) == Bytes{1, 2, 1, 0, 4, 5, 6, 0});
  CHECK(runs({0, 2, 2, 1, 1, 8, 0, 1, 1, 9}, 8) == Bytes{0, 0, 0, 0, 0, 0, 8, 0});
  CHECK(runs({4, 7, 0, 0, 2, 9}, 8) == Bytes{7, 7, 7, 0, 9, 9, 0, 0});
  CHECK(runs({}, 8) == Bytes(8));
  for (const auto& packed :
       {Bytes{0, 2, 0, 3}, Bytes{0, 3, 1}, Bytes{0, 2, 1}, Bytes{0, 0, 0, 0, 1, 7}, Bytes{0, 0, 0, 0, 0, 0}})
    CHECK_FALSE(runs(packed, 8).has_value());
}

TEST_CASE("a picture that does not fit is halved") {
  const auto large = decoded(noise(256));
  const auto png = picture::encodeFitting(large, 100'000);
  REQUIRE(png);
  CHECK(png->size() <= 100'000);
  CHECK(decoded(*png).width == 128);
  CHECK_FALSE(picture::encodeFitting(large, 50));
  CHECK(decoded(*picture::encodeFitting(large, 1'000'000)).width == 256);
}

TEST_CASE("nothing but the four kinds") {
  CHECK_FALSE(picture::decode({}));
  CHECK_FALSE(picture::decode(viewOf("PK\x03\x04 an OFD")));
  CHECK_FALSE(picture::decode(viewOf("<svg/>")));
}
