// SPDX-License-Identifier: Apache-2.0
#include "database.h"

#include <soci/sqlite3/soci-sqlite3.h>

#include <string_view>

#include "pki/order_signer.h"

namespace sealferry::portal {
namespace {

constexpr std::string_view schema = R"(
CREATE TABLE IF NOT EXISTS accounts(
  account TEXT PRIMARY KEY, salt TEXT NOT NULL, hash TEXT NOT NULL, name TEXT NOT NULL,
  unit TEXT NOT NULL, credit_code TEXT NOT NULL, profile TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sessions(token TEXT PRIMARY KEY, account TEXT NOT NULL, until INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS orders(
  number TEXT PRIMARY KEY, account TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, note TEXT,
  key TEXT NOT NULL, certificate BLOB NOT NULL, handler TEXT NOT NULL, invoice TEXT NOT NULL, address TEXT, fee TEXT NOT NULL,
  created INTEGER NOT NULL, paid INTEGER, written INTEGER, stamped INTEGER, receipt BLOB);
CREATE TABLE IF NOT EXISTS made_seals(sha256 TEXT PRIMARY KEY, id TEXT NOT NULL, der BLOB NOT NULL, made INTEGER NOT NULL);
)";

/// SOCI runs one statement a call.
void runAll(soci::session& session, std::string_view statements) {
  for (std::size_t start = 0; start < statements.size();) {
    auto end = statements.find(';', start);
    if (end == std::string_view::npos) break;
    session << std::string(statements.substr(start, end - start));
    start = end + 1;
  }
}

}  // namespace

Database::Database(const std::filesystem::path& file) : session_(soci::sqlite3, "db=" + file.string() + " timeout=5") {
  session_ << "PRAGMA journal_mode=WAL";  // the signing process reads while we write
  session_ << "PRAGMA foreign_keys=ON";
  runAll(session_, schema);
  runAll(session_, pki::signerSchema);
}

std::string blobLiteral(ByteView bytes) { return "X'" + toHex(bytes) + "'"; }

Bytes blobOf(const std::string& hexadecimal) { return fromHex(hexadecimal).value_or(Bytes{}); }

}  // namespace sealferry::portal
