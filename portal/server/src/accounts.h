// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <deque>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "base/time.h"
#include "database.h"
#include "refusal.h"

namespace sealferry::portal {

struct User {
  std::string account, name, unit, creditCode;
  nlohmann::json profile;  ///< docs/portal-api.md, Profile
};
nlohmann::json shape(const User& user);

/// Accounts and sessions. A password is kept as PBKDF2-HMAC-SHA256 with a salt of its own.
class Accounts {
 public:
  explicit Accounts(Database& database) : database_(database) {}

  void add(const User& user, const std::string& password);  ///< nothing if the account is there already
  /// A new session's token. login_failed for either cause; too_many_tries after five failures in five minutes.
  Answer<std::string> logIn(const std::string& account, const std::string& password, Time now);
  void logOut(const std::string& token);
  Answer<User> userOf(const std::string& token, Time now);

 private:
  bool passwordFits(const std::string& account, const std::string& password);
  Database& database_;
  std::mutex guard_;
  std::map<std::string, std::deque<Time>> failures_;
};

}  // namespace sealferry::portal
