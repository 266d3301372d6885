// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "record.h"
#include "store/object_store.h"

namespace sealferry::token::store {

struct StoredBlob {
  Manifest manifest;
  std::vector<Handle> objects;  ///< the manifest first, then the parts in order
};

struct StoredJournal {
  Journal journal;
  Sequence sequence = 0;
  Handle object = 0;
};

/// Everything of ours on a key at one moment.
struct View {
  std::vector<StoredBlob> complete;
  std::vector<StoredJournal> journals;  ///< ascending by sequence: the last one counts
  std::vector<Handle> remains;          ///< parts without a manifest, broken records: of no use to anyone
  Sequence highest = 0;
  /// The journal says so, or an encryption key has begun to take the place of another: the new set is what counts.
  bool committed = false;

  const Journal* journal() const { return journals.empty() ? nullptr : &journals.back().journal; }
};

Result<View> readView(ObjectStore& objects);

/// The newest complete one of each name among those the journal does not hide.
std::vector<const StoredBlob*> visibleBlobs(const View& view);
/// The certificates the journal does not hide, and those that are committed but not in their places yet.
Result<std::vector<RawCertificate>> visibleCertificates(ObjectStore& objects, const View& view);
/// What is committed and not in its place yet.
std::vector<const StoredBlob*> parcels(const View& view);
KeyUse placeOf(ParcelKind kind);

bool holds(const std::vector<JournalBlob>& blobs, Sequence sequence);
bool holds(const std::vector<Bytes>& digests, ByteView digest);

/// Reads the parts and compares with the manifest; seal_invalid if they do not fit.
Result<Bytes> readContent(ObjectStore& objects, const StoredBlob& blob);

}  // namespace sealferry::token::store
