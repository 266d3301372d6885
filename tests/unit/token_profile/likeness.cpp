// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "profile/match.h"
#include "samples.h"

using namespace sealferry;
using namespace sealferry::token;
using namespace sealferry::token::profile;

TEST_CASE("every form looks like a seal by its first bytes, whatever its name") {
  for (const auto encoding : allEncodings) {
    const auto file = *encode(profileOf(encoding), {sampleFor(encoding)});
    CHECK(looksLikeSeal("data", ByteView(file).first(std::min(file.size(), headBytes))));
  }
  CHECK(looksLikeSeal("data", samplePicture()));
}

TEST_CASE("names that say it") {
  for (const auto* name : {"SEAL1", "mySeal.dat", "estamp", "公司签章", "\xd3\xa1\xd5\xc2"})
    CHECK(looksLikeSeal(name, {}));
}

TEST_CASE("what vendors keep besides seals does not look like one") {
  for (const auto* name : {"config", "userinfo", "GMDATA", "license"}) CHECK_FALSE(looksLikeSeal(name, {}));
  CHECK_FALSE(looksLikeSeal("config", Bytes(512, 0)));
  CHECK_FALSE(
      looksLikeSeal("config", viewOf("BMW=1\nname=value and some more text to be long enough for base64 it is")));
  CHECK_FALSE(looksLikeSeal("cert", fromHex("308203a43082028ca003020102021001").value()));  // a certificate
}
