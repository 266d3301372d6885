// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <string>

#include "base/result.h"
#include "policy/policy.h"
#include "policy/right.h"

namespace sealferry::policy {

/// The sites the user trusts, in one small file of the user's own, written anew as a whole.
class Sites {
 public:
  explicit Sites(std::filesystem::path file);

  Rights rightsOf(const std::string& origin) const;
  unsigned denialsOf(const std::string& origin) const;
  const std::map<std::string, Rights>& trusted() const { return trusted_; }

  Result<void> trust(const std::string& origin, const Rights& rights);
  Result<void> deny(const std::string& origin);    ///< one more denial
  Result<void> revoke(const std::string& origin);  ///< forgets trust and denials

 private:
  Result<void> save() const;
  std::filesystem::path file_;
  std::map<std::string, Rights> trusted_;
  std::map<std::string, unsigned> denials_;
};

/// After three denials a site is not asked for again until the user resets it (docs/threat-model.md).
constexpr unsigned mostDenials = 3;

/// What a caller may do, and why.
struct Standing {
  Rights rights;
  std::string trustedBy;                              ///< "policy", "user" or empty
  bool mayAsk = false;                                ///< a question to the user could change it
  ErrorCode refusal = ErrorCode::origin_not_trusted;  ///< what to answer if there are no rights
};

/// The one decision about a caller, from machine policy, the user's choice and both origins the browser stated.
Standing standingOf(const Policy& policy, const Sites& sites, const std::string& origin, const std::string& topOrigin);

}  // namespace sealferry::policy
