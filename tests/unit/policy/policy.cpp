// SPDX-License-Identifier: Apache-2.0
#include "policy/policy.h"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <fstream>

using namespace sealferry::policy;

namespace {

struct Folder {
  std::filesystem::path path;
  Folder() {
    char name[] = "/tmp/sealferry-policy-XXXXXX";
    path = mkdtemp(name);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Policy load(const std::string& text, bool development = false) const {
    std::ofstream(path / "policy.json") << text;
    return loadPolicy(path / "policy.json", development);
  }
};

}  // namespace

TEST_CASE("no policy: nothing is trusted, the user may trust") {
  const auto policy = loadPolicy("/nonexistent/policy.json", false);
  CHECK(policy.readable);
  CHECK(policy.problems.empty());
  CHECK(policy.trustedSites.empty());
  CHECK(policy.modules.empty());
  CHECK(policy.userMayTrust);
  CHECK_FALSE(policy.allowLocalhost);
}

TEST_CASE("a whole policy is read") {
  const Folder folder;
  std::ofstream(folder.path / "a.pem") << "x";
  const auto policy =
      folder.load(R"({"modules":[{"kind":"pkcs11","path":"/usr/lib/x.so"}],"trustedSites":["https://ca.example"],
    "userMayTrust":false,"allowLocalhost":true,"allowFrames":true,"allowHttp":["http://old.example"],
    "siteRights":{"https://ca.example":["read","stamp"]},"sealRoots":[")" +
                  (folder.path / "*.pem").string() + R"("],
    "orderSigners":[")" +
                  std::string(64, 'a') + R"("],"pinPrompt":"/usr/bin/pinentry-qt","pinCacheSeconds":0,
    "limits":{"documentMiB":10},"log":{"level":"debug","path":"auto"}})");
  CHECK(policy.problems.empty());
  CHECK(policy.modules.size() == 1);
  CHECK(policy.siteRights.at("https://ca.example") == Rights{Right::read, Right::stamp});
  CHECK(policy.sealRoots.size() == 1);
  CHECK(policy.documentMiB == 10);
}

TEST_CASE("an unknown name is told; a wrong value trusts nothing at all") {
  const Folder folder;
  const auto unknown = folder.load(R"({"trustedSites":["https://ca.example"],"colour":"red"})");
  CHECK(unknown.problems == std::vector<std::string>{"colour"});
  CHECK(unknown.trustedSites.size() == 1);
  for (const auto* text :
       {"{", "[]", R"({"userMayTrust":"no","trustedSites":["https://ca.example"]})",
        R"({"trustedSites":["https://ca.example/path"]})", R"({"siteRights":{"https://ca.example":["reed"]}})",
        R"({"modules":[{"kind":"skf","path":"/x.so","ulong":16}]})",
        R"({"modules":[{"kind":"pkcs11","path":"/x.so","sm2":1}]})",
        R"({"modules":[{"kind":"pkcs11","path":"/x.so","unblock":false}]})",
        R"({"modules":[{"kind":"pkcs11","path":"/x.so","sm2":{"keyType":"0x80000004"}}]})",
        R"({"modules":[{"kind":"skf","path":"/x.so","packing":"2"}]})",
        R"({"modules":[{"kind":"skf","path":"/x.so","encoding":"latin"}]})",
        R"({"modules":[{"kind":"pkcs11","path":"relative.so"}]})", R"({"modules":[{"kind":"exe","path":"/x"}]})",
        R"({"pinCacheSeconds":60})", R"({"pinPrompt":"pinentry"})", R"({"limits":{"documentMiB":0}})"}) {
    const auto policy = folder.load(text);
    CHECK_MESSAGE(!policy.readable, text);
    CHECK_FALSE(policy.userMayTrust);
    CHECK(policy.trustedSites.empty());
    CHECK_FALSE(policy.problems.empty());
  }
}

TEST_CASE("development members mean nothing to a release") {
  const Folder folder;
  const auto* text = R"({"development":{"clockOffset":3600}})";
  CHECK(folder.load(text, true).development.clockOffset == 3600);
  const auto release = folder.load(text, false);
  CHECK(release.development.clockOffset == 0);
  CHECK(release.problems == std::vector<std::string>{"development"});
}

TEST_CASE("how a PKCS#11 module numbers SM2") {
  const Folder folder;
  const auto policy = folder.load(R"({"modules":[{"kind":"pkcs11","path":"/a.so","sm2":"gm","unblock":"on"},
    {"kind":"pkcs11","path":"/b.so","sm2":{"keyType":"0x80000004","generate":"80008001","sign":"0x80008105","signature":"der"},"unblock":"off"}]})");
  CHECK(policy.modules.at(0).options == std::vector<std::string>{"sm2=gm"});
  CHECK(policy.modules.at(1).options ==
        std::vector<std::string>{"sm2=0x80000004,80008001,0x80008105,der", "unblock=off"});
}

TEST_CASE("how a vendor's SKF library was compiled") {
  const Folder folder;
  const auto policy = folder.load(R"({"modules":[{"kind":"skf","path":"/usr/lib/skf.so","ulong":64,"packing":"natural",
      "encoding":"gbk","sm2":{}}]})");
  REQUIRE(policy.modules.size() == 1);
  CHECK(policy.modules[0].options == std::vector<std::string>{"ulong=64", "packing=natural", "encoding=gbk"});
}
