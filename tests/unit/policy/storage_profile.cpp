// SPDX-License-Identifier: Apache-2.0
#include "policy/storage_profile.h"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "policy/policy.h"

using namespace sealferry;
using namespace sealferry::policy;

namespace {

namespace fs = std::filesystem;

struct Folder {
  fs::path path;
  Folder() {
    char name[] = "/tmp/sealferry-profiles-XXXXXX";
    path = mkdtemp(name);
  }
  ~Folder() { fs::remove_all(path); }
  void put(const std::string& name, const std::string& text) const { std::ofstream(path / name) << text; }
  Policy load(const std::string& modules) const {
    put("policy.json", R"({"trustedSites":["https://ca.example"],"modules":[)" + modules + R"(],"profiles":[")" +
                           (path / "*.profile").string() + "\"]}");
    return loadPolicy(path / "policy.json", false);
  }
};

std::optional<StorageProfile> read(const std::string& more) {
  return readStorageProfile(viewOf(R"({"profile":"p","place":"SEAL{n}","encoding":"der")" + more + "}"));
}

}  // namespace

TEST_CASE("a storage profile in every member") {
  const auto profile = readStorageProfile(viewOf(
      R"({"profile":"vendor-1.2","devices":[{"manufacturer":"Longmai","model":"GM*"},{"serial":"1*"}],"application":"BJCA-Application",
      "place":"SEAL{n}.dat","numbers":{"first":0,"count":3},"encoding":"sealinfos","rights":{"read":"user","write":"anyone"},
      "fixedBytes":15360,"mostBytes":20000,"padding":255,"heightElement":"sealheight"})"));
  REQUIRE(profile);
  CHECK(profile->name == "vendor-1.2");
  CHECK(profile->devices.size() == 2);
  CHECK(profile->devices[0].model == "GM*");
  CHECK(profile->application == "BJCA-Application");
  CHECK(profile->first == 0);
  CHECK(profile->count == 3);
  CHECK(profile->readRight == "user");
  CHECK(profile->writeRight == "anyone");
  CHECK(profile->fixedBytes == 15360);
  CHECK(profile->padding == 255);
  CHECK(profile->heightElement == "sealheight");
}

TEST_CASE("a storage profile with anything wrong in it is none") {
  REQUIRE(read(""));
  REQUIRE(read(R"(,"numbers":{"count":2})"));
  for (const auto* more : {R"(,"colour":"red")",
                           R"(,"profile":"P Q")",
                           R"(,"profile":"")",
                           R"(,"place":"a{n}b{n}")",
                           R"(,"place":"ses.1")",
                           R"(,"place":"x/y")",
                           R"(,"place":"x*")",
                           R"(,"place":"印章")",
                           R"(,"place":"SEAL","numbers":{"count":2})",
                           R"(,"numbers":{"count":17})",
                           R"(,"numbers":{"count":0})",
                           R"(,"numbers":{"first":-1})",
                           R"(,"encoding":"xml")",
                           R"(,"rights":{"read":"all"})",
                           R"(,"rights":{"delete":"user"})",
                           R"(,"fixedBytes":0)",
                           R"(,"fixedBytes":65537)",
                           R"(,"fixedBytes":100,"mostBytes":99)",
                           R"(,"padding":65)",
                           R"(,"padding":"0")",
                           R"(,"application":"SealFerry")",
                           R"(,"devices":[])",
                           R"(,"devices":[{}])",
                           R"(,"devices":[{"colour":"red"}])",
                           R"(,"heightElement":"height")"}) {
    CAPTURE(more);
    CHECK_FALSE(read(more));
  }
  for (const auto* text : {"", "[]", "null", "{", R"({"profile":"p","encoding":"der"})",
                           R"({"place":"a","encoding":"der"})", R"({"profile":"p","place":"a"})"})
    CHECK_FALSE(readStorageProfile(viewOf(text)));
}

TEST_CASE("the profiles that the tests use are as the documentation says") {
  const fs::path folder = SEALFERRY_TEST_PROFILES;
  unsigned found = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::ifstream stream(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    CAPTURE(entry.path());
    CHECK(readStorageProfile(viewOf(text)));
    ++found;
  }
  CHECK(found == 5);
}

TEST_CASE("policy names files of profiles, and for each module those to write through") {
  const Folder folder;
  folder.put("a.profile", R"({"profile":"a","place":"SEAL","encoding":"der"})");
  folder.put("b.profile", R"({"profile":"b","place":"X","encoding":"bjca"})");
  const auto policy = folder.load(R"({"kind":"skf","path":"/x.so","profiles":["b"]},{"kind":"pkcs11","path":"/y.so"})");
  CHECK(policy.readable);
  CHECK(policy.profiles.size() == 2);
  CHECK(policy.modules.at(0).profiles == std::vector<std::string>{"b"});
  CHECK(policy.modules.at(1).profiles.empty());
}

TEST_CASE("a profile that is broken, there twice, or named and not there: nothing is trusted") {
  const auto module = [](const std::string& name) {
    return R"({"kind":"skf","path":"/x.so","profiles":[")" + name + "\"]}";
  };
  const Folder folder;
  folder.put("a.profile", R"({"profile":"a","place":"SEAL","encoding":"der"})");
  CHECK(folder.load(module("a")).readable);
  CHECK_FALSE(folder.load(module("c")).readable);
  CHECK_FALSE(folder.load(R"({"kind":"skf","path":"/x.so","profiles":"a"})").readable);
  folder.put("b.profile", R"({"profile":"a","place":"SEAL","encoding":"der"})");
  CHECK_FALSE(folder.load(module("a")).readable);
  folder.put("b.profile", R"({"profile":"b","place":"SEAL","encoding":"unheard-of"})");
  CHECK(folder.load(module("a")).problems == std::vector<std::string>{"profiles"});
}
