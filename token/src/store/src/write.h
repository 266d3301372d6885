// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "room.h"
#include "token/backend.h"

namespace sealferry::token::store {

/// Journal, blobs, certificates, read back and compared, commit. Stops at the first failure and repairs nothing:
/// recover does that from what it finds on the key.
Result<void> writePlan(ObjectStore& objects, const Plan& plan, const View& view, Way way, const ProgressSink& progress);

/// Writes one blob, its manifest last.
Result<void> writeBlob(ObjectStore& objects, const Blob& blob, Sequence sequence);

}  // namespace sealferry::token::store
