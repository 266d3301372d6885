// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "token/types.h"

namespace sealferry::token::store {

/// Names an object for as long as nothing else changes the key; never kept from one listing to the next.
using Handle = std::uint64_t;

/// One of our objects as it lies on the key. Labels are ASCII, at most 31 bytes, unique unless a write was broken off.
struct RawObject {
  Handle handle = 0;
  std::string label;
};

struct RawCertificate {
  Handle handle = 0;
  Bytes keyId;
  Bytes der;
};

/// What a backend must be able to do so that Store can keep blobs and certificates all or none. Each call is one step
/// on the key; none repairs or repeats anything by itself.
class ObjectStore {
 public:
  virtual ~ObjectStore() = default;

  /// The most bytes one object may hold.
  virtual std::size_t partSize() const = 0;
  /// What an object costs beside its content, for the reckoning of room.
  virtual std::size_t objectOverhead() const = 0;
  /// Free memory, where the key tells it.
  virtual Result<std::optional<std::uint64_t>> freeBytes() = 0;

  virtual Result<std::vector<RawObject>> objects() = 0;
  /// seal_invalid if the object is listed and cannot be read although the key is there: it counts as gone.
  virtual Result<Bytes> read(Handle object) = 0;
  virtual Result<void> create(const std::string& label, ByteView content) = 0;
  virtual Result<void> destroy(Handle object) = 0;  ///< also fine if the object is one that counts as gone

  virtual Result<std::vector<RawCertificate>> certificates() = 0;
  /// Beside any certificate that has the same keyId already.
  virtual Result<void> importCertificate(ByteView keyId, ByteView der) = 0;
  virtual Result<void> removeCertificate(Handle certificate) = 0;
  virtual Result<std::vector<KeyPair>> keyPairs() = 0;
};

}  // namespace sealferry::token::store
