// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

/// The door between the portal's server and sealferry-order-signer, a process of its own (own key folder, and in
/// earnest own user). It is asked for an order by its number alone; everything that is signed it reads itself,
/// read-only, from the portal's SQLite database, and checks:
///
///   * `orders.state` of that number is 'ready' (approved);
///   * the origin is the one the signer was started for;
///   * every seal parses, is valid now under the seal roots and lists the certificate the order writes (or, where none
///     is written, the one held: then its SHA-256 must match a certificate the seal lists);
///   * certificates to be written are valid now under the key roots, one for signing, one for encryption.
///
/// Digests are made from these bytes, never taken from the database. The order is valid for 15 minutes.
///
/// On the socket (a unix stream socket, mode 0600): a 4-byte big-endian length (at most 65,536), then JSON. Request
/// `{"order":"2026112200017"}`; answer `{"workOrder":"<base64 of the CMS>"}` or `{"error":"…"}` with no_such_order,
/// order_not_ready, order_unfit (with `"reason"`), bad_request, internal. One request a connection.
namespace sealferry::pki {

/// Columns the signer reads. `orders` is the portal's own table, of which number and state are read; the other two are
/// for the signer alone and are created with this text (each statement may be run again). Digests are 32-byte blobs,
/// certificates DER. `replaces` holds the digests of the seals that go, one after the other (32 bytes each).
inline constexpr std::string_view signerSchema = R"(
CREATE TABLE IF NOT EXISTS work_orders(
  number TEXT PRIMARY KEY,
  operation TEXT NOT NULL,
  origin TEXT NOT NULL,
  key_serial TEXT NOT NULL,
  key_certificate_sha256 BLOB,
  sign_certificate BLOB,
  encryption_certificate BLOB,
  replaces BLOB NOT NULL,
  allow_in_place INTEGER NOT NULL DEFAULT 0,
  nonce BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS work_order_seals(
  number TEXT NOT NULL REFERENCES work_orders(number),
  id TEXT NOT NULL,
  der BLOB NOT NULL,
  PRIMARY KEY(number, id));
)";

/// Asks the signer; the CMS in DER. Fails with order_invalid and detail reason = the signer's error word, or internal
/// if it cannot be reached within five seconds.
Result<Bytes> requestWorkOrder(const std::filesystem::path& socket, std::string_view number);

}  // namespace sealferry::pki
