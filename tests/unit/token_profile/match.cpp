// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "profile/match.h"

using namespace sealferry::token;
using namespace sealferry::token::profile;

TEST_CASE("which keys a profile is for") {
  KeyInfo key;
  key.serial = "1234567890";
  key.manufacturer = "Longmai";
  key.model = "GM3000";
  StorageProfile profile;
  CHECK(fitsDevice(profile, key));
  profile.devices = {{"Longmai", "GM3000", ""}};
  CHECK(fitsDevice(profile, key));
  profile.devices = {{"Other", "", ""}, {"Long*", "", "12345*"}};
  CHECK(fitsDevice(profile, key));
  for (const DevicePattern& other :
       {DevicePattern{"Long", "", ""}, DevicePattern{"longmai", "", ""}, DevicePattern{"Longmai", "GM3000", "2*"}}) {
    profile.devices = {other};
    CHECK_FALSE(fitsDevice(profile, key));
  }
}

TEST_CASE("the names a profile speaks of") {
  StorageProfile profile{.name = "p", .place = "seal.xml"};
  CHECK(placesOf(profile) == std::vector<std::string>{"seal.xml"});
  profile.place = "SEAL{n}.dat";
  profile.first = 0;
  profile.count = 3;
  CHECK(placesOf(profile) == std::vector<std::string>{"SEAL0.dat", "SEAL1.dat", "SEAL2.dat"});
  CHECK(isPlace(profile, "any", "SEAL2.dat"));
  CHECK_FALSE(isPlace(profile, "any", "SEAL3.dat"));
  profile.application = "BJCA-Application";
  CHECK(isPlace(profile, "BJCA-Application", "SEAL2.dat"));
  CHECK_FALSE(isPlace(profile, "any", "SEAL2.dat"));
}
