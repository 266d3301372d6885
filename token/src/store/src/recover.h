// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "view.h"

namespace sealferry::token::store {

/// Ends what the journal speaks of: forward if it was committed, else back. Answers the replaced blobs that are gone
/// although the change was not committed: that is so only after an in-place change was broken off, and then the journal
/// stays, so that the order may still be carried out.
Result<std::vector<JournalBlob>> recover(ObjectStore& objects);

/// Puts an encryption key in its place, unless it is there already, and looks whether it is.
Result<void> installKey(ObjectStore& objects, const JournalKey& key, ByteView envelope);

/// Destroys what nobody can see: remains of broken writes and superseded copies. Only after recover.
Result<void> sweep(ObjectStore& objects);

/// Destroys the complete blobs of these sequences, the manifest of each first so that none is ever seen in part.
Result<void> destroyBlobs(ObjectStore& objects, const View& view, const std::vector<JournalBlob>& which);
/// Destroys journals from the oldest on: while one is left, it is the one that counts.
Result<void> destroyJournals(ObjectStore& objects, const View& view, std::size_t keep = 0);

}  // namespace sealferry::token::store
