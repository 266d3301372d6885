// SPDX-License-Identifier: Apache-2.0
#include "pki/picture.h"

#include <doctest/doctest.h>

#include <cmath>

#include "contact_sheet.h"
#include "seal/picture.h"
#include "support/files.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

const std::vector<std::string> names{
    "测试公司",
    "厦门印渡",
    "厦门印渡科技",
    "福建省测试公司",
    "福建省测试有限公司",
    "厦门市思明区教育局",
    "厦门印渡科技有限公司",
    "福建省公共资源交易中心",
    "福建省建筑工程有限责任公司",
    "内蒙古自治区公共资源交易中心",
    "中国建筑第八工程局有限公司（厦门）",
    "新疆维吾尔自治区喀什地区人民医院总院",
    "福建省厦门市翔安区新店镇人民政府办公室分部",
    "上海浦东新区ABC123（集团）股份有限公司",
    "国家电网有限公司华东分部物资采购与招标投标管理中心",
    "新疆生产建设兵团第十三师红星实业股份有限公司第二工程分公司",
};

Bytes drawn(const std::string& name) {
  pki::RoundSeal seal;
  seal.name = name;
  return pki::drawRoundSeal(seal).value();
}

Bytes captionedLong() {
  pki::RoundSeal seal;
  seal.name = "福建省建筑工程集团有限责任公司";
  seal.caption = "财务专用章";
  return pki::drawRoundSeal(seal).value();
}

/// The share of a ring (by radius in mm) that is inked.
double inkInRing(const Opacities& picture, double inner, double outer) {
  const double perMm = picture.width / 42.0, middle = picture.width / 2.0;
  double ink = 0, all = 0;
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x) {
      const double radius = std::hypot(x + 0.5 - middle, y + 0.5 - middle) / perMm;
      if (radius < inner || radius > outer) continue;
      all += 1;
      ink += picture.at(x, y) / 255.0;
    }
  return ink / all;
}

}  // namespace

TEST_CASE("seals of 4 to 30 characters: size, ink where it belongs, a sheet to look at") {
  std::vector<Bytes> pictures;
  for (const auto& name : names) {
    CAPTURE(name);
    const auto png = drawn(name);
    CHECK(png.size() <= 18'000);
    const auto info = seal::inspectPicture(png);
    REQUIRE(info);
    CHECK(info->width >= 661);  // 400 dots to the inch
    CHECK(info->width == info->height);
    const auto picture = opacitiesOf(png);
    CHECK(picture.at(0, 0) == 0);                                    // clear outside
    CHECK(picture.at(picture.width / 2, picture.width / 2) == 255);  // the star
    CHECK(inkInRing(picture, 20.0, 20.6) > 0.99);                    // the rim is closed
    CHECK(inkInRing(picture, 18.85, 19.2) < 0.01);                   // letters keep off the rim
    CHECK(inkInRing(picture, 13, 18.5) > 0.05);                      // and are there
    CHECK(inkInRing(picture, 7.2, 11.5) < 0.02);                     // and keep off the star
    pictures.push_back(png);
  }
  writeContactSheet(std::filesystem::path(SEALFERRY_REPORT) / "seals.png", pictures, 4, 420);
  MESSAGE("contact sheet: " << SEALFERRY_REPORT << "/seals.png");
}

TEST_CASE("the same name draws the same bytes") { CHECK(drawn("测试公司") == drawn("测试公司")); }

TEST_CASE("a caption, other sizes") {
  pki::RoundSeal seal;
  seal.name = "厦门印渡科技有限公司";
  const auto plain = opacitiesOf(pki::drawRoundSeal(seal).value());
  seal.caption = "合同专用章";
  const auto stamped = pki::drawRoundSeal(seal).value();
  const auto captioned = opacitiesOf(stamped);
  CHECK(inkInRing(captioned, 0, 14) > inkInRing(plain, 0, 14));
  writeContactSheet(std::filesystem::path(SEALFERRY_REPORT) / "seal-caption.png", {stamped, captionedLong()}, 2, 600);
  seal.diameterMm = 45;
  seal.largestBytes = 0;
  CHECK(seal::inspectPicture(pki::drawRoundSeal(seal).value())->width == 1063);
}

TEST_CASE("what cannot be drawn") {
  const auto field = [](auto change) {
    pki::RoundSeal seal;
    seal.name = "测试公司";
    change(seal);
    return pki::drawRoundSeal(seal).error().detail.at("field");
  };
  CHECK(field([](auto& s) { s.name = ""; }) == "name");
  CHECK(field([](auto& s) { s.name = "\xff"; }) == "name");
  CHECK(field([](auto& s) { s.name = "测\u202e试"; }) == "name");  // turns the writing round
  CHECK(field([](auto& s) { s.name = std::string(41, 'a'); }) == "name");
  CHECK(field([](auto& s) { s.diameterMm = 10; }) == "diameterMm");
}
