// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include "commands.h"
#include "policy/origin.h"
#include "print.h"
#include "run.h"

namespace sealferry::app {
namespace {

using nlohmann::json;

int list(const Options& options, const operation::Context& context) {
  json sites = json::array();
  for (const auto& origin : context.policy.trustedSites) sites.push_back({{"origin", origin}, {"trustedBy", "policy"}});
  for (const auto& [origin, rights] : context.sites.trusted())
    sites.push_back({{"origin", origin}, {"trustedBy", "user"}, {"rights", policy::namesOf(rights)}});
  if (options.json) {
    std::printf("%s\n", sites.dump(2).c_str());
    return 0;
  }
  for (const auto& site : sites)
    std::printf("%s  %s\n", site["origin"].get<std::string>().c_str(), site["trustedBy"].get<std::string>().c_str());
  return 0;
}

}  // namespace

int manageSites(const Options& options) {
  auto service = serviceFor(options.policyFile);
  auto& context = service.context;
  const auto verb = options.words.empty() ? std::string("list") : options.words.front();
  if (verb == "list" && options.words.size() <= 1) return list(options, context);
  if (options.words.size() != 2 || (verb != "trust" && verb != "revoke")) {
    std::fprintf(stderr, "sealferry sites list | trust URL | revoke URL\n");
    return 2;
  }
  const auto origin = policy::parseOrigin(options.words[1]);
  if (!origin) {
    std::fprintf(stderr, "sealferry: an address like https://ca.example.gov.cn is needed, without a path\n");
    return 2;
  }
  if (verb == "trust" && !context.policy.userMayTrust) {
    printError(Error{ErrorCode::right_missing, "sites", 0, {}, {}}, prompt::userLanguage(), options.json);
    return 1;
  }
  const auto done = verb == "trust" ? context.sites.trust(origin->text, policy::ordinaryRights())
                                    : context.sites.revoke(origin->text);
  if (!done) printError(done.error(), prompt::userLanguage(), options.json);
  return done ? 0 : 1;
}

}  // namespace sealferry::app
