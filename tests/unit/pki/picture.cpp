// SPDX-License-Identifier: Apache-2.0
#include "pki/picture.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "contact_sheet.h"
#include "pki/seal_maker.h"
#include "scribble.h"
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
    "新疆生产建设兵团第十三师红星实业股份有限公司第二工程局分公司",
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

/// The share of a band along the oval's edge that is inked; depths in mm, measured along the way to the middle.
double inkInOval(const Opacities& picture, double from, double to) {
  const double perMm = picture.width / 40.0, halfWidth = picture.width / 2.0, halfHeight = picture.height / 2.0;
  double ink = 0, all = 0;
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x) {
      const double across = x + 0.5 - halfWidth, down = y + 0.5 - halfHeight;
      const auto inside = [&](double depth) {
        return std::hypot(across / (halfWidth - depth * perMm), down / (halfHeight - depth * perMm)) <= 1;
      };
      if (!inside(from) || inside(to)) continue;
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
    CHECK(info->width >= 744);  // 450 dots to the inch
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

TEST_CASE("a contact sheet of every shape, names from short to long") {
  std::vector<Bytes> pictures;
  const auto keep = [&](const pki::Drawing& drawing) {
    CAPTURE(drawing.name);
    const auto picture = pki::drawPicture(drawing);
    REQUIRE(picture);
    CHECK(picture->data.size() <= 18'000);
    const auto info = seal::inspectPicture(picture->data);
    REQUIRE(info);
    CHECK(info->width >= static_cast<unsigned>(picture->widthMm * 300 / 25.4));
    CHECK(std::abs(static_cast<double>(info->width) / info->height -
                   static_cast<double>(picture->widthMm) / picture->heightMm) < 0.01);
    pictures.push_back(picture->data);
  };
  for (const auto* name : {"厦门印渡科技有限公司", "福建省建筑工程集团有限责任公司",
                           "国家电网有限公司华东分部物资采购与招标投标管理中心"}) {
    keep({.shape = pki::Shape::finance, .name = name});
    keep({.shape = pki::Shape::contract, .name = name});
    keep({.shape = pki::Shape::invoice, .name = name, .number = "91350200MA2Y1ABC5X"});
  }
  keep({.shape = pki::Shape::invoice, .name = "测试公司", .number = "913502001550014"});
  keep({.shape = pki::Shape::invoice, .name = names.back(), .number = "91350200MA2Y1ABC5X"});
  for (const auto* name : {"丁一", "王小明", "欧阳修文", "司马相如之", "阿不都拉·买买提", "丁"})
    keep({.shape = pki::Shape::person, .name = name});
  for (const auto& image : {photograph(), scan()}) keep({.shape = pki::Shape::handwriting, .image = image});
  writeContactSheet(std::filesystem::path(SEALFERRY_REPORT) / "seal-shapes.png", pictures, 4, 420);
  MESSAGE("contact sheet: " << SEALFERRY_REPORT << "/seal-shapes.png");
}

TEST_CASE("a person's seal: frame closed, letters off it") {
  const auto picture = opacitiesOf(pki::drawSquareSeal({.name = "王小明"}).value());
  const double perMm = picture.width / 20.0;
  const auto inked = [&](double from, double to) {
    double ink = 0, all = 0;
    for (int y = 0; y < picture.height; ++y)
      for (int x = 0; x < picture.width; ++x) {
        const double edge = std::min({x, y, picture.width - 1 - x, picture.height - 1 - y}) / perMm;
        if (edge < from || edge > to) continue;
        all += 1;
        ink += picture.at(x, y) / 255.0;
      }
    return ink / all;
  };
  CHECK(inked(0.3, 0.9) > 0.97);
  CHECK(inked(1.25, 1.6) < 0.02);
  CHECK(inked(2.5, 10) > 0.15);
}

TEST_CASE("an invoice seal: rim closed, letters off the rim and off each other") {
  for (const auto& name : names) {
    CAPTURE(name);
    const auto picture = opacitiesOf(pki::drawOvalSeal({.name = name, .number = "91350200MA2Y1ABC5X"}).value());
    CHECK(inkInOval(picture, 0.3, 1.0) > 0.97);
    CHECK(inkInOval(picture, 1.3, 1.55) < 0.02);
    CHECK(inkInOval(picture, 2.0, 5.0) > 0.03);
  }
}

TEST_CASE("handwriting: the paper is clear, however it is lit; what is written is there and black") {
  for (const auto& image : {photograph(), scan()}) {
    const auto picture = opacitiesOf(pki::drawHandwriting({.image = image}).value());
    const auto inked = std::ranges::count_if(picture.values, [](auto value) { return value > 128; });
    const auto clear = std::ranges::count(picture.values, 0);
    const auto all = static_cast<double>(picture.values.size());
    CHECK(static_cast<double>(inked) / all > 0.02);
    CHECK(static_cast<double>(inked) / all < 0.25);
    CHECK(static_cast<double>(clear) / all > 0.7);
    CHECK(picture.at(0, 0) == 0);
    CHECK(picture.at(picture.width - 1, picture.height - 1) == 0);
  }
  const auto field = [](const Bytes& image) {
    return pki::drawHandwriting({.image = image}).error().detail.at("field");
  };
  CHECK(field({}) == "image");
  CHECK(field(blankPaper()) == "image");
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
  const auto shape = [](const pki::Drawing& drawing) { return pki::drawPicture(drawing).error().detail.at("field"); };
  CHECK(shape({.shape = pki::Shape::person, .name = "一二三四五六七八九十一二三"}) == "name");
  CHECK(shape({.shape = pki::Shape::person, .name = "王小明", .widthMm = 40}) == "sideMm");
  CHECK(shape({.shape = pki::Shape::invoice, .name = "测试公司"}) == "number");
  CHECK(shape({.shape = pki::Shape::invoice, .name = "测试公司", .number = "91350200<A2Y1ABC5X"}) == "number");
}
