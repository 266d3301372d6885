// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <soci/soci.h>

#include <filesystem>
#include <mutex>

#include "base/bytes.h"

namespace sealferry::portal {

/// The portal's SQLite file through SOCI. One connection, one caller at a time: a lock is held as long as the value
/// lives.
class Database {
 public:
  explicit Database(const std::filesystem::path& file);  ///< creates what is missing; throws soci::soci_error

  class Use {
   public:
    explicit Use(Database& database) : lock_(database.guard_), session_(database.session_) {}
    soci::session& sql() { return session_; }

   private:
    std::unique_lock<std::mutex> lock_;
    soci::session& session_;
  };
  Use use() { return Use(*this); }

 private:
  std::mutex guard_;
  soci::session session_;
};

/// X'…': SQLite's spelling of bytes. Only digits of ours get into the statement.
std::string blobLiteral(ByteView bytes);
/// Blobs are read as hexadecimal: SELECT hex(column).
Bytes blobOf(const std::string& hexadecimal);

}  // namespace sealferry::portal
