// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "profile/coding.h"
#include "view.h"

namespace sealferry::token::store {

/// A vendor's file as it counts: where a committed change is still bringing it, that is what will be.
struct VendorFile {
  const StorageProfile* profile = nullptr;
  VendorPlace place;
  Bytes bytes;
  profile::VendorContent content;
  bool readable = true;  ///< false: not without a login
};

/// A file that was written over in place by a change which was never committed.
struct TornFile {
  VendorPlace place;
  std::uint64_t size = 0;  ///< of what is left of it
};

/// Everything on a key that profiles speak of, and whether there is more.
struct Shelf {
  std::vector<VendorFile> files;
  std::vector<const StorageProfile*> named;  ///< by policy, for writing, of those that fit this key
  bool unexplained = false;                  ///< something like a seal that no profile explains
  std::vector<TornFile> torn;

  /// The profile through which new seals go; null: none.
  const StorageProfile* chosen() const { return named.size() == 1 ? named.front() : nullptr; }
};

Result<Shelf> readShelf(ObjectStore& objects, const View& view);

KeyLayout layoutOf(const Shelf& shelf);

/// The name under which readBlob gives a seal of a vendor's file: profile/file, and #2 for the second in it.
std::string nameOf(const VendorFile& file, std::size_t index);

/// Whether a vendor's file holds something of this digest.
bool showsSeal(const Shelf& shelf, ByteView sha256);

bool isAt(const ForeignObject& object, const VendorPlace& place);
/// What is in a vendor's place; nothing if there is no file, or more than one.
Result<std::optional<Bytes>> bytesAt(ObjectStore& objects, const VendorPlace& place, std::size_t most);
/// Whether the file is as the parcel has it.
Result<bool> isDelivered(ObjectStore& objects, const FileParcel& file);
/// Writes a vendor's file anew, or takes it away, and reads it back.
Result<void> deliverFile(ObjectStore& objects, const FileParcel& file);

/// The parcel's place in a name: vendors' names are too long for it.
Bytes placeId(const VendorPlace& place);

}  // namespace sealferry::token::store
