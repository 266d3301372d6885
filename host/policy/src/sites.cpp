// SPDX-License-Identifier: Apache-2.0
#include "policy/sites.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "policy/origin.h"

namespace sealferry::policy {
namespace {

using nlohmann::json;

Rights readRights(const json& list) {
  Rights rights;
  for (const auto& name : list)
    if (const auto right = rightByName(name.get<std::string>())) rights.insert(*right);
  return rights;
}

Standing refused(ErrorCode code) { return {{}, {}, false, code}; }

bool secure(const Policy& policy, const Origin& origin) {
  return origin.scheme == "https" || (origin.localhost() && policy.allowLocalhost) ||
         policy.allowHttp.contains(origin.text);
}

}  // namespace

Sites::Sites(std::filesystem::path file) : file_(std::move(file)) {
  try {
    std::ifstream stream(file_);
    if (!stream) return;
    const auto content = json::parse(stream);
    for (const auto& [origin, rights] : content.at("trusted").items()) trusted_[origin] = readRights(rights);
    for (const auto& [origin, count] : content.at("denials").items()) denials_[origin] = count.get<unsigned>();
  } catch (const json::exception&) {
    trusted_.clear();  // a damaged file trusts nobody
    denials_.clear();
  }
}

Rights Sites::rightsOf(const std::string& origin) const {
  const auto found = trusted_.find(origin);
  return found == trusted_.end() ? Rights{} : found->second;
}

unsigned Sites::denialsOf(const std::string& origin) const {
  const auto found = denials_.find(origin);
  return found == denials_.end() ? 0 : found->second;
}

Result<void> Sites::trust(const std::string& origin, const Rights& rights) {
  trusted_[origin] = rights;
  denials_.erase(origin);
  return save();
}

Result<void> Sites::deny(const std::string& origin) {
  ++denials_[origin];
  return save();
}

Result<void> Sites::revoke(const std::string& origin) {
  trusted_.erase(origin);
  denials_.erase(origin);
  return save();
}

Result<void> Sites::save() const {
  json trusted = json::object();
  for (const auto& [origin, rights] : trusted_) trusted[origin] = namesOf(rights);
  const json content = {{"trusted", trusted}, {"denials", json(denials_)}};
  std::error_code error;
  std::filesystem::create_directories(file_.parent_path(), error);
  const auto fresh = std::filesystem::path(file_.string() + ".new");
  std::ofstream(fresh) << content.dump(2) << '\n';
  std::filesystem::rename(fresh, file_, error);
  if (error) return fail(ErrorCode::internal, "saveSites", static_cast<std::uint64_t>(error.value()));
  return {};
}

Standing standingOf(const Policy& policy, const Sites& sites, const std::string& origin, const std::string& topOrigin) {
  const auto site = parseOrigin(origin);
  const auto top = parseOrigin(topOrigin.empty() ? origin : topOrigin);
  if (!site || !top || !policy.readable) return refused(ErrorCode::origin_not_trusted);
  if (!secure(policy, *site) || !secure(policy, *top)) return refused(ErrorCode::insecure_context);
  if (*site != *top && !policy.allowFrames) return refused(ErrorCode::origin_not_trusted);

  if (policy.trustedSites.contains(origin)) {
    const auto listed = policy.siteRights.find(origin);
    return {listed == policy.siteRights.end() ? ordinaryRights() : listed->second, "policy", false,
            ErrorCode::right_missing};
  }
  if (!policy.userMayTrust) return refused(ErrorCode::origin_not_trusted);
  const auto rights = sites.rightsOf(origin);
  if (!rights.empty()) return {rights, "user", false, ErrorCode::right_missing};
  return {{}, {}, sites.denialsOf(origin) < mostDenials, ErrorCode::origin_not_trusted};
}

}  // namespace sealferry::policy
