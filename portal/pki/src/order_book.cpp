// SPDX-License-Identifier: Apache-2.0
#include "order_book.h"

#include <sqlite3.h>

#include <memory>

namespace sealferry::pki {
namespace {

struct SqliteRelease {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, SqliteRelease>;
using Statement = std::unique_ptr<sqlite3_stmt, SqliteRelease>;

constexpr std::size_t mostSeals = 16;

constexpr const char* orderQuery =
    "SELECT o.state, w.operation, w.origin, w.key_serial, w.key_certificate_sha256, w.sign_certificate,"
    " w.encryption_certificate, w.replaces, w.allow_in_place, w.nonce"
    " FROM orders o JOIN work_orders w ON w.number = o.number WHERE o.number = ?1";
constexpr const char* sealQuery = "SELECT id, der FROM work_order_seals WHERE number = ?1 ORDER BY id";

Database openReadOnly(const std::filesystem::path& path) {
  sqlite3* handle = nullptr;
  const int status = sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READONLY, nullptr);
  Database database(handle);
  if (status != SQLITE_OK) return nullptr;
  sqlite3_busy_timeout(handle, 2000);
  return database;
}

Statement prepared(sqlite3* database, const char* query, const std::string& number) {
  sqlite3_stmt* handle = nullptr;
  if (sqlite3_prepare_v2(database, query, -1, &handle, nullptr) != SQLITE_OK) return nullptr;
  Statement statement(handle);
  const int size = static_cast<int>(number.size());
  if (sqlite3_bind_text(handle, 1, number.c_str(), size, nullptr) != SQLITE_OK) return nullptr;
  return statement;
}

Bytes bytesAt(sqlite3_stmt* row, int column) {
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(row, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row, column));
  return data == nullptr ? Bytes{} : Bytes(data, data + size);
}

std::string textAt(sqlite3_stmt* row, int column) { return textOf(bytesAt(row, column)); }

std::optional<Bytes> optionalAt(sqlite3_stmt* row, int column) {
  if (sqlite3_column_type(row, column) == SQLITE_NULL) return std::nullopt;
  return bytesAt(row, column);
}

StoredOrder orderAt(sqlite3_stmt* row, const std::string& number) {
  StoredOrder order;
  order.number = number;
  order.state = textAt(row, 0);
  order.operation = textAt(row, 1);
  order.origin = textAt(row, 2);
  order.keySerial = textAt(row, 3);
  order.keyCertificateSha256 = optionalAt(row, 4);
  order.signCertificate = optionalAt(row, 5);
  order.encryptionCertificate = optionalAt(row, 6);
  order.replaces = bytesAt(row, 7);
  order.allowInPlace = sqlite3_column_int(row, 8) != 0;
  order.nonce = bytesAt(row, 9);
  return order;
}

tl::unexpected<Error> failed(const char* where, sqlite3* database) {
  return fail(ErrorCode::internal, where,
              database != nullptr ? static_cast<std::uint64_t>(sqlite3_errcode(database)) : 0);
}

Result<void> readSeals(sqlite3* database, StoredOrder& order) {
  const auto seals = prepared(database, sealQuery, order.number);
  if (!seals) return failed("sqlite3_prepare", database);
  int status = sqlite3_step(seals.get());
  for (; status == SQLITE_ROW && order.seals.size() < mostSeals; status = sqlite3_step(seals.get()))
    order.seals.push_back({textAt(seals.get(), 0), bytesAt(seals.get(), 1)});
  if (status != SQLITE_DONE) return failed("sqlite3_step", database);
  return {};
}

}  // namespace

Result<std::optional<StoredOrder>> readOrder(const std::filesystem::path& path, const std::string& number) {
  const auto database = openReadOnly(path);
  if (!database) return failed("sqlite3_open", nullptr);
  // One transaction, so that order and seals are of one moment.
  if (sqlite3_exec(database.get(), "BEGIN", nullptr, nullptr, nullptr) != SQLITE_OK)
    return failed("BEGIN", database.get());
  const auto row = prepared(database.get(), orderQuery, number);
  if (!row) return failed("sqlite3_prepare", database.get());
  const int status = sqlite3_step(row.get());
  if (status == SQLITE_DONE) return std::optional<StoredOrder>{};
  if (status != SQLITE_ROW) return failed("sqlite3_step", database.get());
  auto order = orderAt(row.get(), number);
  if (auto seals = readSeals(database.get(), order); !seals) return passOn(seals);
  return std::optional(std::move(order));
}

}  // namespace sealferry::pki
