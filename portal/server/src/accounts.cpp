// SPDX-License-Identifier: Apache-2.0
#include "accounts.h"

#include <openssl/evp.h>

#include "base/digest.h"

namespace sealferry::portal {
namespace {

constexpr Time sessionLength = 12 * 3600;
constexpr Time failureWindow = 300;
constexpr std::size_t mostFailures = 5;
constexpr int rounds = 100'000;

Bytes hashOf(const std::string& password, ByteView salt) {
  Bytes hash(32);
  PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), salt.data(), static_cast<int>(salt.size()),
                    rounds, EVP_sha256(), static_cast<int>(hash.size()), hash.data());
  return hash;
}

/// The token itself is not kept: who reads the database cannot take over a session.
std::string keptToken(const std::string& token) { return toHex(sha256(viewOf(token))); }

}  // namespace

nlohmann::json shape(const User& user) {
  return {{"account", user.account},
          {"name", user.name},
          {"subject", {{"kind", "unit"}, {"name", user.unit}, {"creditCode", user.creditCode}}}};
}

void Accounts::add(const User& user, const std::string& password) {
  const auto salt = randomBytes(16);
  const auto saltText = toHex(salt), hash = toHex(hashOf(password, salt)), profile = user.profile.dump();
  auto use = database_.use();
  use.sql() << "INSERT OR IGNORE INTO accounts VALUES(:a, :s, :h, :n, :u, :c, :p)", soci::use(user.account),
      soci::use(saltText), soci::use(hash), soci::use(user.name), soci::use(user.unit), soci::use(user.creditCode),
      soci::use(profile);
}

bool Accounts::passwordFits(const std::string& account, const std::string& password) {
  std::string salt(32, '0'), hash(64, '0');
  {
    auto use = database_.use();
    use.sql() << "SELECT salt, hash FROM accounts WHERE account = :a", soci::into(salt), soci::into(hash),
        soci::use(account);
  }
  // Also for an account that is not there: how long it takes must not tell.
  return sameBytes(hashOf(password, blobOf(salt)), blobOf(hash));
}

Answer<std::string> Accounts::logIn(const std::string& account, const std::string& password, Time now) {
  {
    const std::lock_guard lock(guard_);
    auto& failures = failures_[account];
    while (!failures.empty() && failures.front() + failureWindow <= now) failures.pop_front();
    if (failures.size() >= mostFailures) return refuse("too_many_tries");
  }
  if (!passwordFits(account, password)) {
    const std::lock_guard lock(guard_);
    failures_[account].push_back(now);
    return refuse("login_failed");
  }
  const auto token = toHex(randomBytes(32)), kept = keptToken(token);
  const long long until = now + sessionLength;
  auto use = database_.use();
  use.sql() << "INSERT INTO sessions VALUES(:t, :a, :u)", soci::use(kept), soci::use(account), soci::use(until);
  return token;
}

void Accounts::logOut(const std::string& token) {
  const auto kept = keptToken(token);
  auto use = database_.use();
  use.sql() << "DELETE FROM sessions WHERE token = :t", soci::use(kept);
}

Answer<User> Accounts::userOf(const std::string& token, Time now) {
  if (token.empty()) return refuse("login_required");
  const auto kept = keptToken(token);
  const long long time = now;
  User user;
  std::string profile;
  auto use = database_.use();
  use.sql()
      << "SELECT a.account, a.name, a.unit, a.credit_code, a.profile FROM sessions s JOIN accounts a USING(account) "
         "WHERE s.token = :t AND s.until > :n",
      soci::into(user.account), soci::into(user.name), soci::into(user.unit), soci::into(user.creditCode),
      soci::into(profile), soci::use(kept), soci::use(time);
  if (!use.sql().got_data()) return refuse("login_required");
  user.profile = nlohmann::json::parse(profile);
  return user;
}

}  // namespace sealferry::portal
