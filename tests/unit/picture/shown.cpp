// SPDX-License-Identifier: Apache-2.0
// Pictures through the process that decodes them.
#include <doctest/doctest.h>

#include "document/engine.h"
#include "picture/pixels.h"
#include "seal/picture.h"
#include "support/files.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

Result<Bytes> shown(ByteView picture, std::size_t most = 200'000) {
  static const auto engine = document::processEngine(DOCUMENT_CHILD);
  return engine->toPng(picture, most);
}

std::string refusal(ByteView picture, std::size_t most = 200'000) {
  const auto png = shown(picture, most);
  REQUIRE_FALSE(png);
  CHECK(png.error().code == ErrorCode::seal_invalid);
  return png.error().detail.at("reason");
}

}  // namespace

TEST_CASE("pages see every picture as PNG") {
  for (const auto* name : {"plain.jpg", "inks.jpg", "clear.gif", "bits8.bmp", "bits24.bmp.png"}) {
    CAPTURE(name);
    const auto png = shown(readFile(vectors() / "pictures" / name));
    REQUIRE(png);
    const auto info = seal::inspectPicture(*png);
    REQUIRE(info);
    CHECK(info->kind == seal::PictureKind::png);
    CHECK(info->width == 21);
    CHECK(info->height == 13);
  }
}

TEST_CASE("what a seal of the shared test data holds") {
  const auto data = sharedData();
  if (!data) {
    MESSAGE("skipped: no shared test data");
    return;
  }
  for (const auto* name : {"round10.bmp", "round40.gif", "round40.jpg"}) {
    const auto png = shown(readFile(*data / "seals/pic" / name));
    REQUIRE(png);
    CHECK(png->size() <= 200'000);
  }
}

TEST_CASE("what cannot be shown is refused by name") {
  CHECK(refusal({}) == "pictureMalformed");
  CHECK(refusal(viewOf("\xff\xd8\xff nothing")) == "pictureMalformed");
  auto cut = readFile(vectors() / "pictures" / "plain.gif");
  cut.resize(cut.size() / 2);
  CHECK(refusal(cut) == "pictureMalformed");
  CHECK(refusal(readFile(vectors() / "pictures" / "bits24.bmp"), 60) == "pictureTooLarge");
}

TEST_CASE("a small file that unpacks to the largest picture there may be") {
  const picture::Pixels blank{picture::largestSide, picture::largestSide,
                              Bytes(std::size_t{picture::largestSide} * picture::largestSide * 4)};
  const auto bomb = picture::encodePng(blank);
  CHECK(bomb.size() < 200'000);
  const auto png = shown(bomb);
  REQUIRE(png);
  CHECK(seal::inspectPicture(*png)->width == picture::largestSide);
}
