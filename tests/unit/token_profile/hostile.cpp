// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "samples.h"

using namespace sealferry;
using namespace sealferry::token;
using namespace sealferry::token::profile;

namespace {

/// What is accepted can be written again, unless it was known to hold more.
void consistent(const StorageProfile& profile, ByteView file) {
  const auto content = decode(profile, file);
  if (!content || !content->complete) return;
  CHECK(content->seals.size() <= mostSealsInFile);
  const auto again = encode(profile, content->seals);
  if (!again) {
    CHECK(again.error().code != ErrorCode::internal);
    return;
  }
  const auto back = decode(profile, *again);
  REQUIRE(back);
  CHECK(back->seals.size() == content->seals.size());
  for (std::size_t i = 0; i < back->seals.size(); ++i) CHECK(back->seals[i].content() == content->seals[i].content());
}

}  // namespace

TEST_CASE("a vendor's file cut anywhere holds no seal, or the whole one") {
  for (const auto encoding : allEncodings) {
    const auto profile = profileOf(encoding);
    const auto seal = sampleFor(encoding);
    const auto file = *encode(profile, {seal});
    for (std::size_t size = 1; size < file.size(); ++size) {
      const auto content = decode(profile, ByteView(file).first(size));
      if (!content || content->seals.empty()) continue;
      // Only what stands behind the picture may be missing; base64 has no end of its own, so a picture may be shorter.
      CAPTURE(size);
      CHECK(encoding != SealEncoding::der);
      CHECK(encoding != SealEncoding::base64);
      CHECK(encoding != SealEncoding::sealinfos);
      if (encoding == SealEncoding::bjca) CHECK(content->seals[0].face.picture == seal.face.picture);
    }
  }
}

TEST_CASE("one byte of a vendor's file changed anywhere") {
  for (const auto encoding : allEncodings) {
    const auto profile = profileOf(encoding);
    const auto file = *encode(profile, {sampleFor(encoding)});
    for (std::size_t at = 0; at < file.size(); at += at < 700 ? 1 : 13)
      for (const auto value : Bytes{0x00, 0x3C, 0x80, 0xFF}) {
        auto changed = file;
        changed[at] = value;
        consistent(profile, changed);
      }
  }
}

TEST_CASE("one form is never taken for another") {
  for (const auto encoding : allEncodings)
    for (const auto other : allEncodings) {
      const auto file = *encode(profileOf(encoding), {sampleFor(encoding)});
      const auto read = decode(profileOf(other), file);
      CHECK(read.has_value() == (encoding == other));
    }
}

TEST_CASE("lengths that lie") {
  const auto der = profileOf(SealEncoding::der);
  for (const auto& file :
       {Bytes{0x30, 0x80, 0, 0}, Bytes{0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF, 1}, Bytes{0x30, 0x81, 3, 1, 1, 1},
        Bytes{0x30, 0x82, 0, 3, 1, 1, 1}, Bytes{0x30}, Bytes{0x31, 0x01, 1}, Bytes{0x30, 0x01, 1, 1}})
    CHECK_FALSE(decode(der, file));
  auto bjca = *encode(profileOf(SealEncoding::bjca), {asPicture()});
  for (const std::size_t where : {13U, 14U, 15U}) {
    auto lying = bjca;
    lying[where] = 0xFF;
    CHECK_FALSE(decode(profileOf(SealEncoding::bjca), lying));
  }
  auto huge = bjca;
  for (std::size_t i = huge.size() - 8; i < huge.size(); ++i) huge[i] = 0xFF;  // both add up to more than 32 bits
  huge.push_back(1);
  CHECK_FALSE(decode(profileOf(SealEncoding::bjca), huge));
}
