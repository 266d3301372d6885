// SPDX-License-Identifier: Apache-2.0
// A library that writes names in GBK: policy and profiles name its applications and files in UTF-8.
#include <doctest/doctest.h>

#include <algorithm>

#include "folder.h"
#include "skf/backend.h"
#include "softkey/device.h"
#include "token_profile/samples.h"

using namespace sealferry;
using namespace sealferry::token;

namespace {

const std::string application = "\xC4\xB3\xD3\xA6\xD3\xC3", seal1 =
                                                                "\xD3\xA1\xD5\xC2"
                                                                "1";  // 某应用, 印章1 in GBK

const StorageProfile form{.name = "vendor", .mayWrite = true, .application = "某应用", .place = "印章{n}", .count = 2};

}  // namespace

TEST_CASE("applications and files of a library that writes GBK are found, and made, by their names") {
  const KeyFolder folder;
  softkey::Device device(folder.path());
  REQUIRE(device.format({.serial = "S1"}));
  for (const auto& name : {std::string("another"), application})
    REQUIRE(device.createApplication(name, {"12345678", "111111", 6, 3, 4}));
  REQUIRE(device.changePin(application, softkey::User::user, viewOf("111111"), viewOf("123456")));
  setenv("SEALFERRY_SOFTKEY", folder.path().c_str(), 1);
  const std::vector<std::string> options{"encoding=gbk", "application=某应用"};
  const auto backend = skfBackend(SEALFERRY_SOFTKEY_LIBRARY, *skfSetting(options)).value();
  backend->setProfiles({form});
  const auto session = backend->open("S1");
  REQUIRE(session);
  REQUIRE((*session)->login(Secret(viewOf("123456"))));
  const auto seal = token::profile::sampleBlob("seal", 1);
  REQUIRE((*session)->apply({.order = "1", .put = {seal}}, {}));
  CHECK(*device.files(application) == std::vector{seal1});
  CHECK(*device.readFile(application, seal1, nullptr) == seal.content);
  const auto blobs = (*session)->blobs();
  REQUIRE(blobs);
  REQUIRE(blobs->size() == 1);
  CHECK(blobs->front().name == "vendor/印章1");
  CHECK((*session)->readBlob("vendor/印章1") == seal.content);
}
