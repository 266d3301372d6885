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

/// Everything on a key that profiles speak of, and whether there is more.
struct Shelf {
  std::vector<VendorFile> files;
  std::vector<const StorageProfile*> named;  ///< by policy, for writing, of those that fit this key
  bool unexplained = false;                  ///< something like a seal that no profile explains

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

/// The parcel's place in a name: vendors' names are too long for it.
Bytes placeId(const VendorPlace& place);

}  // namespace sealferry::token::store
