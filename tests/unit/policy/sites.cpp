// SPDX-License-Identifier: Apache-2.0
#include "policy/sites.h"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <fstream>

using namespace sealferry;
using namespace sealferry::policy;

namespace {

const std::string site = "https://ca.example", other = "https://other.example";

struct Folder {
  std::filesystem::path path;
  Folder() {
    char name[] = "/tmp/sealferry-sites-XXXXXX";
    path = mkdtemp(name);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Sites sites() const { return Sites(path / "deep" / "sites.json"); }
};

}  // namespace

TEST_CASE("trust is kept, read again and revoked") {
  const Folder folder;
  auto sites = folder.sites();
  REQUIRE(sites.trust(site, ordinaryRights()));
  CHECK(folder.sites().rightsOf(site) == ordinaryRights());
  CHECK(folder.sites().rightsOf(other).empty());
  REQUIRE(sites.revoke(site));
  CHECK(folder.sites().rightsOf(site).empty());
}

TEST_CASE("after three denials a site may not ask again until the user resets it") {
  const Folder folder;
  auto sites = folder.sites();
  const Policy policy;
  for (int i = 0; i < 3; ++i) {
    CHECK(standingOf(policy, sites, site, site).mayAsk);
    REQUIRE(sites.deny(site));
  }
  CHECK_FALSE(standingOf(policy, folder.sites(), site, site).mayAsk);
  CHECK(standingOf(policy, sites, other, other).mayAsk);
  REQUIRE(sites.revoke(site));
  CHECK(standingOf(policy, sites, site, site).mayAsk);
}

TEST_CASE("a damaged file trusts nobody") {
  const Folder folder;
  std::filesystem::create_directories(folder.path / "deep");
  std::ofstream(folder.path / "deep" / "sites.json") << R"({"trusted":{"https://ca.example":["read"]})";
  CHECK(folder.sites().rightsOf(site).empty());
}

TEST_CASE("standing: scheme, frames, policy before user") {
  const Folder folder;
  auto sites = folder.sites();
  Policy policy;
  REQUIRE(sites.trust(site, ordinaryRights()));
  REQUIRE(sites.trust("http://plain.example", ordinaryRights()));
  REQUIRE(sites.trust("http://localhost:8080", ordinaryRights()));

  CHECK(standingOf(policy, sites, site, site).rights == ordinaryRights());
  CHECK(standingOf(policy, sites, site, "").rights == ordinaryRights());
  CHECK(standingOf(policy, sites, "null", "null").rights.empty());
  CHECK(standingOf(policy, sites, "http://plain.example", "").refusal == ErrorCode::insecure_context);
  CHECK(standingOf(policy, sites, "http://localhost:8080", "").refusal == ErrorCode::insecure_context);
  policy.allowLocalhost = true;
  policy.allowHttp = {"http://plain.example"};
  CHECK(standingOf(policy, sites, "http://localhost:8080", "").rights == ordinaryRights());
  CHECK(standingOf(policy, sites, "http://plain.example", "").rights == ordinaryRights());

  CHECK(standingOf(policy, sites, site, other).rights.empty());
  CHECK_FALSE(standingOf(policy, sites, site, other).mayAsk);
  policy.allowFrames = true;
  CHECK(standingOf(policy, sites, site, other).rights == ordinaryRights());

  policy.trustedSites = {site};
  policy.siteRights[site] = {Right::read};
  CHECK(standingOf(policy, sites, site, site).rights == Rights{Right::read});
  CHECK(standingOf(policy, sites, site, site).trustedBy == "policy");
  policy.userMayTrust = false;
  CHECK(standingOf(policy, sites, "http://localhost:8080", "").rights.empty());
  policy.readable = false;
  CHECK(standingOf(policy, sites, site, site).rights.empty());
}
