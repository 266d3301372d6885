// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "shelf.h"
#include "store/certificate.h"

namespace sealferry::token::store {

/// A certificate of the change, matched with the key pair it belongs to.
struct CertificateStep {
  Bytes keyId;
  const Bytes* der = nullptr;
  bool bring = false;   ///< false if it lies on the key already
  bool parcel = false;  ///< brought as a copy that goes to its place after the commit
};

/// A vendor's file that will be another, for the reckoning of room.
struct FileSizes {
  std::uint64_t after = 0, before = 0;
};

/// What has to be written and what goes, with every sequence fixed beforehand. Points into the change.
struct Plan {
  Journal journal;  ///< as it is when prepared
  Sequence journalSequence = 0, commitSequence = 0;
  std::vector<const Blob*> writes;  ///< in the order of journal.put
  std::vector<Blob> parcels;        ///< those of `writes` that are not in the change
  std::vector<CertificateStep> certificates;
  const Bytes* envelope = nullptr;  ///< of journal.key
  std::vector<FileSizes> files;     ///< vendors' files; what is to be in them is among the parcels
  bool done = false;                ///< the key shows just this already
};

/// bad_request for a change that no key could take: before anything is touched.
Result<void> checkChange(const Change& change);

/// order_mismatch if the change replaces what the key does not hold (an old order cannot bring an old seal back), or if
/// no key pair fits a certificate. `lost` are the blobs an in-place change of before has taken away already.
Result<Plan> makePlan(ObjectStore& objects, const Change& change, const View& view, const Shelf& shelf,
                      const std::vector<JournalBlob>& lost);

/// Whether a visible blob has this digest.
bool showsBlob(const View& view, ByteView sha256);

}  // namespace sealferry::token::store
