// SPDX-License-Identifier: Apache-2.0
#include "recover.h"

#include <algorithm>

#include "base/digest.h"
#include "shelf.h"

namespace sealferry::token::store {
namespace {

Result<void> destroyAll(ObjectStore& objects, const std::vector<Handle>& handles) {
  for (const auto handle : handles)
    if (auto done = objects.destroy(handle); !done) return done;
  return {};
}

Result<void> removeCertificates(ObjectStore& objects, const std::vector<Bytes>& digests) {
  if (digests.empty()) return {};
  const auto all = objects.certificates();
  if (!all) return passOn(all);
  for (const auto& certificate : *all) {
    if (!holds(digests, sha256(certificate.der))) continue;
    if (auto done = objects.removeCertificate(certificate.handle); !done) return done;
  }
  return {};
}

/// What goes when the change is ended: the replaced ones forward, the ones brought in back.
std::vector<Bytes> certificatesToRemove(const Journal& journal) {
  std::vector<Bytes> digests;
  for (const auto& certificate : journal.certificates) {
    if (journal.committed)
      digests.insert(digests.end(), certificate.replaced.begin(), certificate.replaced.end());
    else if (certificate.brought)
      digests.push_back(certificate.sha256);
  }
  return digests;
}

bool lies(const View& view, Sequence sequence) {
  return std::ranges::any_of(view.complete, [&](const StoredBlob& one) { return one.manifest.sequence == sequence; });
}

/// What was taken from a vendor's file is gone if a file is torn and no other shows it.
std::vector<JournalBlob> missing(const View& view, const Shelf& shelf, const std::vector<JournalBlob>& blobs) {
  std::vector<JournalBlob> gone;
  for (const auto& blob : blobs) {
    const bool onFile = blob.sequence == onShelf;
    if (onFile ? !shelf.torn.empty() && !showsSeal(shelf, blob.sha256) : !lies(view, blob.sequence))
      gone.push_back(blob);
  }
  return gone;
}

/// Vendors' files that were not there before the change which is rolled back.
Result<void> takeAwayNew(ObjectStore& objects, const Journal& journal) {
  for (const auto& file : journal.files) {
    if (!file.before.empty()) continue;
    auto done = deliverFile(objects, {.place = {file.application, file.label}, .absent = true, .content = {}});
    if (!done) return done;
  }
  return {};
}

/// Takes the encryption key to its place, unless it is there already.
Result<void> deliverKey(ObjectStore& objects, const JournalKey& key, const StoredBlob& parcel) {
  const auto envelope = readContent(objects, parcel);
  if (!envelope) return passOn(envelope);
  return installKey(objects, key, *envelope);
}

/// Takes a certificate to its place and looks whether it is there.
Result<void> deliverCertificate(ObjectStore& objects, const StoredBlob& parcel) {
  const auto der = readContent(objects, parcel);
  if (!der) return passOn(der);
  const auto keyId = parcelKeyId(parcel.manifest.name);
  const auto place = placeOf(parcelKind(parcel.manifest.name));
  const auto isThere = [&](const RawCertificate& one) {
    return one.keyId == keyId && one.place == place && sameBytes(one.der, *der);
  };
  auto all = objects.certificates();
  if (!all) return passOn(all);
  if (std::ranges::any_of(*all, isThere)) return {};
  if (auto done = objects.installCertificate(keyId, place, *der); !done) return done;
  all = objects.certificates();
  if (!all) return passOn(all);
  if (std::ranges::none_of(*all, isThere)) return fail(ErrorCode::write_failed, "deliverCertificate");
  return {};
}

Result<void> deliverParcel(ObjectStore& objects, const StoredBlob& parcel) {
  const auto record = readContent(objects, parcel);
  if (!record) return passOn(record);
  const auto file = decodeFileParcel(*record);
  if (!file) return fail(ErrorCode::seal_invalid, "deliverParcel");
  return deliverFile(objects, *file);
}

/// What is committed goes to its place, the key first; then the copies go. Any step may be done twice.
Result<void> deliver(ObjectStore& objects, const View& view) {
  const auto all = parcels(view);
  for (const auto* parcel : all)
    if (parcelKind(parcel->manifest.name) == ParcelKind::encryptionKey && view.journal()->key)
      if (auto done = deliverKey(objects, *view.journal()->key, *parcel); !done) return done;
  for (const auto* parcel : all)
    if (isCertificate(parcelKind(parcel->manifest.name)))
      if (auto done = deliverCertificate(objects, *parcel); !done) return done;
  for (const auto* parcel : all)
    if (parcelKind(parcel->manifest.name) == ParcelKind::vendorFile)
      if (auto done = deliverParcel(objects, *parcel); !done) return done;
  for (const auto* parcel : all)
    if (auto done = destroyAll(objects, parcel->objects); !done) return done;
  return {};
}

}  // namespace

Result<void> installKey(ObjectStore& objects, const JournalKey& key, ByteView envelope) {
  const auto isThere = [&]() -> Result<bool> {
    const auto now = objects.encryptionKey(key.keyId, !key.before.empty());
    if (!now) return passOn(now);
    return !now->empty() && sameBytes(sha256(*now), key.after);
  };
  const auto before = isThere();
  if (!before) return passOn(before);
  if (*before) return {};
  if (auto done = objects.installEncryptionKey(key.keyId, envelope); !done) return done;
  const auto after = isThere();
  if (!after) return passOn(after);
  if (!*after) return fail(ErrorCode::write_failed, "installKey");
  return {};
}

Result<void> destroyBlobs(ObjectStore& objects, const View& view, const std::vector<JournalBlob>& which) {
  for (const auto& blob : view.complete) {
    if (!holds(which, blob.manifest.sequence)) continue;
    if (auto done = destroyAll(objects, blob.objects); !done) return done;
  }
  return {};
}

Result<void> destroyJournals(ObjectStore& objects, const View& view, std::size_t keep) {
  for (std::size_t i = 0; i + keep < view.journals.size(); ++i)
    if (auto done = objects.destroy(view.journals[i].object); !done) return done;
  return {};
}

Result<std::vector<JournalBlob>> recover(ObjectStore& objects) {
  const auto view = readView(objects);
  if (!view) return passOn(view);
  const auto* journal = view->journal();
  if (journal == nullptr) return {};
  if (auto delivered = deliver(objects, *view); !delivered) return passOn(delivered);
  auto blobs = destroyBlobs(objects, *view, view->committed ? journal->replaced : journal->put);
  if (!blobs) return passOn(blobs);
  if (!objects.overwrites()) {
    auto certificates = removeCertificates(objects, certificatesToRemove(*journal));
    if (!certificates) return passOn(certificates);
  }
  auto remains = destroyAll(objects, view->remains);  // parts of what this change broke off
  if (!remains) return passOn(remains);
  if (view->committed) {
    if (auto done = destroyJournals(objects, *view); !done) return passOn(done);
    return {};
  }
  if (auto done = takeAwayNew(objects, *journal); !done) return passOn(done);
  const auto shelf = journal->files.empty() ? Shelf{} : readShelf(objects, *view);
  if (!shelf) return passOn(shelf);
  auto lost = missing(*view, *shelf, journal->replaced);
  // It stays as long as it is what says that a file is torn.
  auto journals = destroyJournals(objects, *view, lost.empty() && shelf->torn.empty() ? 0 : 1);
  if (!journals) return passOn(journals);
  return lost;
}

Result<void> sweep(ObjectStore& objects) {
  const auto view = readView(objects);
  if (!view) return passOn(view);
  if (auto done = destroyAll(objects, view->remains); !done) return done;
  const auto visible = visibleBlobs(*view);
  for (const auto& blob : view->complete) {
    if (std::ranges::find(visible, &blob) != visible.end()) continue;
    if (auto done = destroyAll(objects, blob.objects); !done) return done;
  }
  return {};
}

}  // namespace sealferry::token::store
