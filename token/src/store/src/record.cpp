// SPDX-License-Identifier: Apache-2.0
#include "record.h"

#include "base/digest.h"
#include "cbor/reader.h"
#include "cbor/writer.h"

namespace sealferry::token::store {
namespace {

constexpr std::uint64_t layoutVersion = 1;
constexpr std::size_t digestBytes = 32;
constexpr char parcelMark = 0x01;
constexpr std::size_t mostPlaceBytes = 255;

Bytes sealRecord(const cbor::Writer& body) {
  cbor::Writer record;
  record.array(2);
  record.bytes(body.written());
  record.bytes(sha256(body.written()));
  return record.take();
}

/// The body, if the record is whole.
std::optional<Bytes> openRecord(ByteView bytes) {
  if (bytes.size() > mostRecordBytes) return std::nullopt;
  cbor::Reader record(bytes);
  if (record.array(2) != 2) return std::nullopt;
  auto body = record.bytes(mostRecordBytes);
  const auto digest = record.bytes(digestBytes);
  if (!record.finished() || !sameBytes(digest, sha256(body))) return std::nullopt;
  return body;
}

/// An array of exactly this many items that begins with the version of the layout.
bool beginBody(cbor::Reader& body, std::size_t items) {
  return body.array(items) == items && body.number() == layoutVersion && body.good();
}

Bytes digest(cbor::Reader& body) {
  auto bytes = body.bytes(digestBytes);
  if (bytes.size() != digestBytes) body.refuse();
  return bytes;
}

void put(cbor::Writer& body, const std::vector<JournalBlob>& blobs) {
  body.array(blobs.size());
  for (const auto& blob : blobs) {
    body.array(2);
    body.bytes(blob.sha256);
    body.number(blob.sequence);
  }
}

std::vector<JournalBlob> takeBlobs(cbor::Reader& body) {
  std::vector<JournalBlob> blobs(body.array(2 * mostBlobs + mostParcels));
  for (auto& blob : blobs) {
    if (body.array(2) != 2) body.refuse();
    blob.sha256 = digest(body);
    blob.sequence = static_cast<Sequence>(body.number(lastSequence));
  }
  return blobs;
}

void put(cbor::Writer& body, const JournalCertificate& certificate) {
  body.array(3);
  body.bytes(certificate.sha256);
  body.boolean(certificate.brought);
  body.array(certificate.replaced.size());
  for (const auto& replaced : certificate.replaced) body.bytes(replaced);
}

JournalCertificate takeCertificate(cbor::Reader& body) {
  JournalCertificate certificate;
  if (body.array(3) != 3) body.refuse();
  certificate.sha256 = digest(body);
  certificate.brought = body.boolean();
  certificate.replaced.resize(body.array(mostBlobs));
  for (auto& replaced : certificate.replaced) replaced = digest(body);
  return certificate;
}

void put(cbor::Writer& body, const JournalKey& key) {
  body.array(3);
  body.bytes(key.keyId);
  body.bytes(key.before);
  body.bytes(key.after);
}

JournalKey takeKey(cbor::Reader& body) {
  JournalKey key;
  if (body.array(3) != 3) body.refuse();
  key.keyId = body.bytes(mostKeyIdBytes);
  key.before = body.bytes(digestBytes);
  key.after = digest(body);
  if (!key.before.empty() && key.before.size() != digestBytes) body.refuse();
  return key;
}

/// Names as others gave them need be no UTF-8: bytes.
void putPlace(cbor::Writer& body, const VendorPlace& place) {
  body.bytes(viewOf(place.application));
  body.bytes(viewOf(place.label));
  body.number(static_cast<std::uint64_t>(place.readRight));
  body.number(static_cast<std::uint64_t>(place.writeRight));
}

VendorPlace takePlace(cbor::Reader& body) {
  constexpr auto last = static_cast<std::uint64_t>(FileRight::nobody);
  VendorPlace place;
  place.application = textOf(body.bytes(mostPlaceBytes));
  place.label = textOf(body.bytes(mostPlaceBytes));
  place.readRight = static_cast<FileRight>(body.number(last));
  place.writeRight = static_cast<FileRight>(body.number(last));
  return place;
}

}  // namespace

Bytes encode(const FileParcel& parcel) {
  cbor::Writer body;
  body.array(7);
  body.number(layoutVersion);
  putPlace(body, parcel.place);
  body.boolean(parcel.absent);
  body.bytes(parcel.content);
  return body.take();
}

std::optional<FileParcel> decodeFileParcel(ByteView record) {
  cbor::Reader body(record);
  if (!beginBody(body, 7)) return std::nullopt;
  FileParcel parcel;
  parcel.place = takePlace(body);
  parcel.absent = body.boolean();
  parcel.content = body.bytes(mostBlobBytes);
  if (!body.finished()) return std::nullopt;
  return parcel;
}

Bytes encode(const Manifest& manifest) {
  cbor::Writer body;
  body.array(6);
  body.number(layoutVersion);
  body.text(manifest.name);
  body.number(manifest.size);
  body.bytes(manifest.sha256);
  body.number(manifest.parts);
  body.number(manifest.sequence);
  return sealRecord(body);
}

std::optional<Manifest> decodeManifest(ByteView record) {
  const auto bytes = openRecord(record);
  if (!bytes) return std::nullopt;
  cbor::Reader body(*bytes);
  if (!beginBody(body, 6)) return std::nullopt;
  Manifest manifest;
  manifest.name = body.text(mostNameBytes);
  manifest.size = body.number(mostBlobBytes);
  manifest.sha256 = digest(body);
  manifest.parts = static_cast<unsigned>(body.number(mostParts));
  manifest.sequence = static_cast<Sequence>(body.number(lastSequence));
  if (!body.finished()) return std::nullopt;
  return manifest;
}

// The first byte of a parcel's name is one that no name of a blob begins with.
std::string parcelName(ParcelKind kind, ByteView keyId) {
  return std::string(1, parcelMark) + static_cast<char>(kind) + textOf(keyId);
}
bool isParcel(std::string_view name) { return name.size() > 2 && name[0] == parcelMark; }
ParcelKind parcelKind(std::string_view name) { return static_cast<ParcelKind>(name[1]); }
Bytes parcelKeyId(std::string_view name) { return copyOf(viewOf(name.substr(2))); }

Bytes encode(const Journal& journal) {
  cbor::Writer body;
  body.array(journal.key ? 7 : 6);
  body.number(layoutVersion);
  body.text(journal.order);
  body.boolean(journal.committed);
  put(body, journal.put);
  put(body, journal.replaced);
  body.array(journal.certificates.size());
  for (const auto& certificate : journal.certificates) put(body, certificate);
  if (journal.key) put(body, *journal.key);
  return sealRecord(body);
}

std::optional<Journal> decodeJournal(ByteView record) {
  const auto bytes = openRecord(record);
  if (!bytes) return std::nullopt;
  cbor::Reader body(*bytes);
  const auto items = body.array(7);
  if (items < 6 || body.number() != layoutVersion || !body.good()) return std::nullopt;
  Journal journal;
  journal.order = body.text(mostOrderBytes);
  journal.committed = body.boolean();
  journal.put = takeBlobs(body);
  journal.replaced = takeBlobs(body);
  journal.certificates.resize(body.array(2));
  for (auto& certificate : journal.certificates) certificate = takeCertificate(body);
  if (items == 7) journal.key = takeKey(body);
  if (!body.finished()) return std::nullopt;
  return journal;
}

}  // namespace sealferry::token::store
