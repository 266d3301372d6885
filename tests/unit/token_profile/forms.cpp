// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "samples.h"

using namespace sealferry;
using namespace sealferry::token;
using namespace sealferry::token::profile;

TEST_CASE("what is written in a vendor's form is read back, padded or not") {
  for (const auto encoding : allEncodings)
    for (const std::uint32_t fixed : {0U, 15U * 1024})
      for (const auto padding : Bytes{0x00, 0xFF, 0x20}) {
        auto profile = profileOf(encoding, fixed);
        profile.padding = padding;
        const auto seal = sampleFor(encoding);
        const auto file = encode(profile, {seal});
        REQUIRE(file);
        if (fixed > 0) CHECK(file->size() == fixed);
        const auto back = decode(profile, *file);
        REQUIRE(back);
        CHECK(back->complete);
        REQUIRE(back->seals.size() == 1);
        CHECK(back->seals[0] == afterwards(encoding, seal));
        const auto again = encode(profile, {seal});
        CHECK(*again == *file);
      }
}

TEST_CASE("no seal: an empty file, or one of padding") {
  for (const auto encoding : allEncodings) {
    const auto empty = encode(profileOf(encoding, 1024), {});
    REQUIRE(empty);
    CHECK(*empty == Bytes(1024, 0));
    for (const auto& file : {Bytes{}, *empty, Bytes(64, 0xFF), Bytes(3, ' ')}) {
      const auto back = decode(profileOf(encoding), file);
      REQUIRE(back);
      CHECK(back->seals.empty());
    }
  }
}

TEST_CASE("what does not fit is refused, and nothing is cut off") {
  for (const auto encoding : allEncodings) {
    CHECK(reasonOf(encode(profileOf(encoding, 100), {sampleFor(encoding)})) == "no_room");
    auto small = profileOf(encoding);
    small.mostBytes = 200;
    CHECK(reasonOf(encode(small, {sampleFor(encoding)})) == "no_room");
    const auto file = encode(profileOf(encoding), {sampleFor(encoding)});
    CHECK_FALSE(decode(small, *file));
  }
}

TEST_CASE("what an encoding cannot hold is refused: several seals, a seal for a picture, a picture for a seal") {
  for (const auto encoding : allEncodings) {
    const auto one = sampleFor(encoding);
    CHECK(reasonOf(encode(profileOf(encoding), {one, one})) == (holdsSeveral(encoding) ? "none" : "count"));
    const auto other = keepsSeal(encoding) ? asPicture() : asSeal();
    CHECK(reasonOf(encode(profileOf(encoding), {other})) == "face");
    const auto bad = keepsSeal(encoding) ? asSeal({0x30, 0x03, 1}) : asPicture("x", Bytes(50, 'x'));
    CHECK(reasonOf(encode(profileOf(encoding), {bad})) == "content");
  }
}

TEST_CASE("base64 with line breaks, as some pages write it") {
  const auto text = toBase64(sampleSeal());
  std::string broken;
  for (std::size_t at = 0; at < text.size(); at += 76) broken += text.substr(at, 76) + "\r\n";
  const auto back = decode(profileOf(SealEncoding::base64), viewOf(broken));
  REQUIRE(back);
  CHECK(back->seals.at(0).seal == sampleSeal());
}

TEST_CASE("BJCA's head: 328 bytes with natural alignment, numbers little-endian, the title in GBK") {
  const auto seal = asPicture("公章");
  const auto file = *encode(profileOf(SealEncoding::bjca), {seal});
  CHECK(file.size() == 328 + seal.face.picture.size() + 8);
  CHECK(textOf(ByteView(file).first(2)) == "ES");
  CHECK(textOf(ByteView(file).subspan(8, 3)) == "PNG");
  CHECK(file[12] + 256 * file[13] == static_cast<int>(seal.face.picture.size()));
  CHECK(toHex(ByteView(file).subspan(16, 4)) == "803bb16a");  // 1,790,000,000
  CHECK(toHex(ByteView(file).subspan(86, 6)) == "b9abd5c20000");
}

TEST_CASE("a seal of BJCA's own, with signature and certificate, is read") {
  auto file = *encode(profileOf(SealEncoding::bjca), {asPicture()});
  file.resize(file.size() - 8);
  const Bytes trailer{3, 0, 0, 0, 2, 0, 0, 0, 'c', 'c', 's', 's', 's'};
  file.insert(file.end(), trailer.begin(), trailer.end());
  const auto back = decode(profileOf(SealEncoding::bjca), file);
  REQUIRE(back);
  CHECK(back->seals.at(0).face.title == "某某建设有限公司");
  file.pop_back();
  CHECK_FALSE(decode(profileOf(SealEncoding::bjca), file));
}

TEST_CASE("titles that are too long or not in GBK are refused, not cut or replaced") {
  const auto bjca = profileOf(SealEncoding::bjca);
  CHECK(reasonOf(encode(bjca, {asPicture("一二三四五六七八九十一二三四五六七八九")})) == "none");    // 38 bytes
  CHECK(reasonOf(encode(bjca, {asPicture("一二三四五六七八九十一二三四五六七八九十")})) == "text");  // 40
  for (const auto encoding : {SealEncoding::bjca, SealEncoding::sealinfos}) {
    CHECK(reasonOf(encode(profileOf(encoding), {asPicture("😀")})) == "text");
    CHECK(reasonOf(encode(profileOf(encoding), {asPicture("\xff\xfe")})) == "text");
  }
}
