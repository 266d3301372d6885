// SPDX-License-Identifier: Apache-2.0
#include "seal/picture.h"

#include <doctest/doctest.h>

#include "support/files.h"
#include "support/seals.h"

using namespace sealferry;
using namespace sealferry::test;
using seal::PictureKind;

namespace {

std::string reasonOf(const Bytes& data) {
  const auto info = seal::inspectPicture(data);
  return info ? "" : info.error().detail.at("reason");
}

Bytes hex(std::string_view text) { return fromHex(text).value(); }

}  // namespace

TEST_CASE("heads of pictures") {
  const auto png = seal::inspectPicture(tinyPng());
  REQUIRE(png);
  CHECK(png->kind == PictureKind::png);
  CHECK(png->width == 1);
  const auto gif =
      seal::inspectPicture(hex("474946383961020003000000"
                               "0000"));
  REQUIRE(gif);
  CHECK(gif->width == 2);
  CHECK(gif->height == 3);
  const auto bmp =
      seal::inspectPicture(hex("424d000000000000000000000000"
                               "28000000"
                               "05000000"
                               "faffffff"));
  REQUIRE(bmp);
  CHECK(bmp->width == 5);
  CHECK(bmp->height == 6);  // rows from the top
  const auto jpeg =
      seal::inspectPicture(hex("ffd8"
                               "ffe00004abcd"
                               "ffc0000b08"
                               "0010"
                               "0020"
                               "01011100"));
  REQUIRE(jpeg);
  CHECK(jpeg->width == 32);
  CHECK(jpeg->height == 16);
}

TEST_CASE("what is no picture, or too much of one") {
  CHECK(reasonOf({}) == "pictureUnknown");
  CHECK(reasonOf(copyOf(viewOf("<svg/>"))) == "pictureUnknown");
  CHECK(reasonOf(hex("ffd8ffd9")) == "pictureMalformed");
  CHECK(reasonOf(hex("ffd8ffe00000"
                     "000000000000")) == "pictureMalformed");  // a segment that does not move on
  auto wide = tinyPng();
  wide[17] = 1;
  CHECK(reasonOf(wide) == "pictureTooLarge");
  auto flat = tinyPng();
  flat[19] = 0;
  CHECK(reasonOf(flat) == "pictureMalformed");
  const auto png = tinyPng();
  for (std::size_t i = 0; i < 33; ++i) CHECK(reasonOf(copyOf(ByteView(png).first(i))) != "");
}

TEST_CASE("pictures that are cut, rubbish behind a head, and pictures with something behind their end") {
  const auto whole = [](ByteView data) {
    const auto info = seal::inspectPicture(data);
    return info && seal::isWholePicture(data, info->kind);
  };
  const auto png = tinyPng();
  for (std::size_t i = 0; i < png.size(); ++i) CHECK_FALSE(whole(ByteView(png).first(i)));
  CHECK(whole(png));
  const auto gif = hex("47494638396102000300800000000000ffffff21f90400000000002c00000000020003000002028401003b");
  CHECK(whole(gif));
  CHECK(whole(ByteView(gif).first(gif.size() - 1)));  // without a trailer
  for (std::size_t i = 0; i + 1 < gif.size(); ++i) CHECK_FALSE(whole(ByteView(gif).first(i)));
  CHECK_FALSE(whole(copyOf(viewOf("GIF89a\1\1\1\1\1\1\1\1\1\1\1\1\1\1"))));
  auto bmp =
      hex("424d00000000000000003600000028000000"
          "02000000feffffff"
          "01001800");
  bmp.resize(54);
  bmp.resize(bmp.size() + 16);
  CHECK(whole(bmp));
  bmp.pop_back();
  CHECK_FALSE(whole(bmp));
  const auto data = sharedData();
  for (const auto* name : {"round40.png", "round40.jpg", "round40.gif", "round10.bmp"}) {
    if (!data) break;
    CAPTURE(name);
    auto picture = readFile(*data / "seals/pic" / name);
    CHECK(whole(picture));
    for (const std::size_t part : {2U, 3U, 10U}) CHECK_FALSE(whole(ByteView(picture).first(picture.size() / part)));
    picture.resize(picture.size() + 100);
    CHECK(whole(picture));
  }
}

TEST_CASE("declared types") {
  CHECK(seal::declares("png", PictureKind::png));
  CHECK(seal::declares("Jpg", PictureKind::jpeg));
  CHECK(seal::declares("JPEG", PictureKind::jpeg));
  CHECK_FALSE(seal::declares("PNG", PictureKind::jpeg));
  CHECK_FALSE(seal::declares("", PictureKind::bmp));
}

TEST_CASE("pictures of the shared test data") {
  const auto data = sharedData();
  if (!data) {
    MESSAGE("skipped: no shared test data");
    return;
  }
  for (const auto* name : {"round40.png", "round40.jpg", "round40.gif", "round42.png", "round10.bmp"}) {
    CAPTURE(name);
    const auto info = seal::inspectPicture(readFile(*data / "seals/pic" / name));
    REQUIRE(info);
    CHECK(info->width >= 240);
    CHECK(info->width == info->height);
    CHECK(seal::declares(std::string(name).substr(8), info->kind));
  }
}
