// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "label.h"
#include "store/object_store.h"
#include "token/types.h"

namespace sealferry::token::store {

/// Written last: a blob is there once its manifest is.
struct Manifest {
  std::string name;
  std::uint64_t size = 0;
  Bytes sha256;
  unsigned parts = 0;
  Sequence sequence = 0;
};

/// A blob as the journal names it.
struct JournalBlob {
  Bytes sha256;
  Sequence sequence = 0;
};

/// A certificate that is brought in (or is there already), and those of the same key pair and use that it replaces.
struct JournalCertificate {
  Bytes sha256;
  bool brought = false;  ///< by this change: taken off again if the change is rolled back
  std::vector<Bytes> replaced;
};

/// An encryption key that is to take the place of another: by SHA-256 of their public halves. That it has begun to is
/// seen on the key itself, and from then on there is no way back.
struct JournalKey {
  Bytes keyId, before, after;  ///< `before` is empty if there was none
};

/// What is being changed, so that whoever comes next can end it. A change is made visible by one single object: a
/// second journal, of a higher sequence, that says committed.
struct Journal {
  std::string order;
  bool committed = false;
  std::vector<JournalBlob> put;
  std::vector<JournalBlob> replaced;
  std::vector<JournalCertificate> certificates;
  std::optional<JournalKey> key{};
};

constexpr std::size_t mostNameBytes = 128, mostOrderBytes = 128, mostBlobs = 64, mostKeyIdBytes = 64;
/// What is on its way to its place: copies that lie on the key under names that no blob can have.
constexpr std::size_t mostVendorFiles = 16, mostParcels = 3 + mostVendorFiles;
enum class ParcelKind : char {
  signCertificate = 'S',
  encryptionCertificate = 'E',
  encryptionKey = 'K',
  vendorFile = 'F'  ///< named by a digest of where it goes
};
inline bool isCertificate(ParcelKind kind) {
  return kind == ParcelKind::signCertificate || kind == ParcelKind::encryptionCertificate;
}
std::string parcelName(ParcelKind kind, ByteView keyId);
bool isParcel(std::string_view name);
ParcelKind parcelKind(std::string_view name);
Bytes parcelKeyId(std::string_view name);
/// A vendor's file as a change is to leave it, in a parcel: all that is needed to bring it, whoever does.
struct FileParcel {
  VendorPlace place;
  bool absent = false;  ///< it goes
  Bytes content;        ///< with its padding
};
Bytes encode(const FileParcel& parcel);
std::optional<FileParcel> decodeFileParcel(ByteView record);

constexpr std::uint64_t mostBlobBytes = 4U << 20;
/// A record of ours is small; whatever is larger is not read.
constexpr std::size_t mostRecordBytes = 16U << 10;

/// Records carry their own SHA-256, because on some keys an object can be seen before it is written to its end.
Bytes encode(const Manifest& manifest);
Bytes encode(const Journal& journal);
std::optional<Manifest> decodeManifest(ByteView record);
std::optional<Journal> decodeJournal(ByteView record);

}  // namespace sealferry::token::store
