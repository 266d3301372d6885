// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "samples.h"

using namespace sealferry;
using namespace sealferry::token;
using namespace sealferry::token::profile;

namespace {

const auto form = profileOf(SealEncoding::sealinfos);

std::string sealElement(const std::string& more = "") {
  return "<sealinfo><sealname>a</sealname><sealdata>" + toBase64(samplePicture(9)) + "</sealdata>" + more +
         "</sealinfo>";
}

std::optional<VendorContent> read(const std::string& text) { return decode(form, viewOf(text)); }
std::optional<VendorContent> readInside(const std::string& text) { return read("<sealinfos>" + text + "</sealinfos>"); }

}  // namespace

TEST_CASE("the XML of bidding tools: GBK, centimetres, one element spelt as they spell it") {
  auto first = asPicture("甲<&>\"乙'"), second = asPicture("第二枚", samplePicture(40, 9));
  const auto file = encode(form, {first, second});
  REQUIRE(file);
  const auto text = textOf(*file);
  CHECK(text.find("<sealinfos><sealbaseinfo><username>") == 0);
  CHECK(text.find("<sealwidth>4.20</sealwidth><sealhight>3.80</sealhight>") != std::string::npos);
  CHECK(text.find("\xb5\xda\xb6\xfe\xc3\xb6") != std::string::npos);  // 第二枚
  const auto back = decode(form, *file);
  REQUIRE(back);
  REQUIRE(back->seals.size() == 2);
  CHECK(back->seals[0] == afterwards(SealEncoding::sealinfos, first));
  CHECK(back->seals[1] == afterwards(SealEncoding::sealinfos, second));
}

TEST_CASE("the height as one vendor spells it") {
  auto other = form;
  other.heightElement = "sealheight";
  const auto file = encode(other, {asPicture()});
  REQUIRE(file);
  CHECK(textOf(*file).find("<sealheight>3.80</sealheight>") != std::string::npos);
  CHECK(decode(form, *file)->seals.at(0).face.heightMm == 38);
}

TEST_CASE("sizes: missing ones are four centimetres, as tools take them; what is none is refused") {
  CHECK(readInside(sealElement())->seals.at(0).face.widthMm == 40);
  CHECK(readInside(sealElement("<sealwidth/>"))->seals.at(0).face.widthMm == 40);
  CHECK(readInside(sealElement("<sealwidth>3.75</sealwidth>"))->seals.at(0).face.widthMm == 38);
  CHECK(readInside(sealElement("<sealhight>4</sealhight>"))->seals.at(0).face.heightMm == 40);
  for (const auto* bad : {"-4", "4.", ".4", "1e9", "99999", "4,2", "4.2cm"})
    CHECK_FALSE(readInside(sealElement(std::string("<sealwidth>") + bad + "</sealwidth>")));
}

TEST_CASE("with a declaration, blanks and line ends") {
  const auto text = "\r\n<?xml version=\"1.0\" encoding=\"GBK\"?>\n <sealinfos> <sealbaseinfo/>\n" +
                    sealElement(" \t") + "\n</sealinfos>\n";
  const auto content = read(text);
  REQUIRE(content);
  CHECK(content->complete);
  CHECK(content->seals.size() == 1);
}

TEST_CASE("what is more in it than we know: read, but known to be more, so that it is never written anew") {
  for (const auto& text :
       {sealElement("<sealid>7</sealid>"), sealElement("<more><deep/>x</more>"), "<extra>1</extra>" + sealElement(),
        "<sealbaseinfo><username>u</username><code>9</code></sealbaseinfo>" + sealElement()}) {
    const auto content = readInside(text);
    REQUIRE(content);
    CHECK(content->seals.size() == 1);
    CHECK_FALSE(content->complete);
  }
}

TEST_CASE("document types, entities, comments, CDATA, attributes: refused") {
  const auto good = "<sealinfos>" + sealElement() + "</sealinfos>";
  REQUIRE(read(good));
  CHECK_FALSE(read("<!DOCTYPE sealinfos [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + good));
  CHECK_FALSE(readInside("<!--x-->" + sealElement()));
  CHECK_FALSE(readInside(sealElement("<sealname>&x;</sealname>")));
  CHECK_FALSE(readInside(sealElement("<sealname><![CDATA[x]]></sealname>")));
  CHECK_FALSE(readInside(sealElement("<sealname a='1'>x</sealname>")));
  CHECK_FALSE(read(good + good));
  CHECK_FALSE(read(good + "x"));
  CHECK_FALSE(readInside(sealElement() + "</sealinfo>"));
  CHECK_FALSE(readInside("<sealinfo><sealname>a</sealname></sealinfo>"));  // no picture
  CHECK_FALSE(readInside("<sealinfo><sealdata>" + toBase64(viewOf("text")) + "</sealdata></sealinfo>"));
}

TEST_CASE("another charset is refused, not guessed") {
  CHECK_FALSE(readInside("<sealbaseinfo><username>\x81\x20\xff</username></sealbaseinfo>"));
  CHECK_FALSE(readInside("<sealbaseinfo><username>\xe5\x85\xac</username></sealbaseinfo>"));  // UTF-8 of one character
}

TEST_CASE("counts and depths have an end") {
  std::string many, deep = sealElement("");
  for (int i = 0; i < 65; ++i) many += sealElement();
  CHECK_FALSE(readInside(many));
  std::string open, close;
  for (int i = 0; i < 5000; ++i) open += "<a>", close += "</a>";
  CHECK_FALSE(readInside(open + close));
  CHECK_FALSE(readInside(sealElement("<sealname>" + std::string(600, 'a') + "</sealname>")));
}
