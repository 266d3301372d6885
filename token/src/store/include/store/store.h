// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "store/object_store.h"
#include "token/backend.h"

namespace sealferry::token::store {

/// Blobs, journal and all-or-none changes over plain objects: see docs/key-layout.md. Reads the key anew at every call.
class Store {
 public:
  explicit Store(ObjectStore& objects) : objects_(objects) {}

  Result<std::vector<CertificateObject>> certificates();
  Result<std::vector<BlobInfo>> blobs();
  Result<Bytes> readBlob(std::string_view name);
  /// How the key stands to the profiles: whether apply would refuse it.
  Result<KeyLayout> layout();
  Result<ChangeState> state(const ChangeTarget& target);
  Result<std::optional<PendingChange>> pending();
  Result<void> apply(const Change& change, const ProgressSink& progress);

 private:
  ObjectStore& objects_;
};

}  // namespace sealferry::token::store
