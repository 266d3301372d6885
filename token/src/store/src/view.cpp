// SPDX-License-Identifier: Apache-2.0
#include "view.h"

#include <algorithm>
#include <map>

#include "base/digest.h"

namespace sealferry::token::store {
namespace {

using Parts = std::map<unsigned, Handle>;
using Groups = std::map<std::pair<Sequence, std::string>, Parts>;  // by sequence and the digest in the label

/// Listed, but not there: nothing, and `vanished` is set.
Result<std::optional<Bytes>> readListed(ObjectStore& objects, Handle object, bool& vanished) {
  auto record = objects.read(object);
  if (record) return std::move(*record);
  if (record.error().code != ErrorCode::seal_invalid) return passOn(record);
  vanished = true;
  return std::nullopt;
}

/// Objects by sequence and part; what cannot be ours goes to the remains only if its label says it is.
Result<Groups> sortOut(ObjectStore& objects, const std::vector<RawObject>& all, View& view, bool& vanished) {
  Groups groups;
  for (const auto& object : all) {
    const auto label = parseLabel(object.label);
    if (!label) continue;
    view.highest = std::max(view.highest, label->sequence);
    if (!label->journal) {
      if (!groups[{label->sequence, label->digest}].emplace(label->part, object.handle).second)
        view.remains.push_back(object.handle);
      continue;
    }
    const auto record = readListed(objects, object.handle, vanished);
    if (!record) return passOn(record);
    if (!*record) continue;
    if (auto journal = decodeJournal(**record))
      view.journals.push_back({std::move(*journal), label->sequence, object.handle});
    else
      view.remains.push_back(object.handle);
  }
  return groups;
}

/// Complete if there is a manifest that belongs here and just the parts it speaks of.
Result<std::optional<StoredBlob>> completeBlob(ObjectStore& objects, Sequence sequence, const Parts& parts,
                                               bool& vanished) {
  const auto first = parts.begin();
  if (first->first != 0) return std::nullopt;
  const auto record = readListed(objects, first->second, vanished);
  if (!record) return passOn(record);
  if (!*record) return std::nullopt;
  auto manifest = decodeManifest(**record);
  if (!manifest || manifest->sequence != sequence || manifest->parts + 1 != parts.size()) return std::nullopt;
  if (parts.rbegin()->first != manifest->parts) return std::nullopt;
  StoredBlob blob{std::move(*manifest), {}};
  for (const auto& [part, handle] : parts) blob.objects.push_back(handle);
  return blob;
}

bool hidden(const View& view, Sequence sequence) {
  const auto* journal = view.journal();
  if (journal == nullptr) return false;
  return holds(view.committed ? journal->replaced : journal->put, sequence);
}

bool hidden(const View& view, ByteView digest) {
  return std::ranges::any_of(view.journal()->certificates, [&](const JournalCertificate& certificate) {
    if (view.committed) return holds(certificate.replaced, digest);
    return certificate.brought && sameBytes(certificate.sha256, digest);
  });
}

/// An encryption key that is not any more what it was before has gone for good: then only forward is left.
Result<bool> isCommitted(ObjectStore& objects, const Journal* journal) {
  if (journal == nullptr) return false;
  if (journal->committed || !journal->key) return journal->committed;
  const auto now = objects.encryptionKey(journal->key->keyId, !journal->key->before.empty());
  if (!now) return passOn(now);
  return !sameBytes(now->empty() ? Bytes{} : sha256(*now), journal->key->before);
}

Result<View> viewFrom(ObjectStore& objects, const std::vector<RawObject>& all, bool& vanished) {
  View view;
  const auto groups = sortOut(objects, all, view, vanished);
  if (!groups) return passOn(groups);
  for (const auto& [key, parts] : *groups) {
    auto blob = completeBlob(objects, key.first, parts, vanished);
    if (!blob) return passOn(blob);
    if (*blob) {
      view.complete.push_back(std::move(**blob));
      continue;
    }
    for (const auto& [part, handle] : parts) view.remains.push_back(handle);
  }
  std::ranges::sort(view.journals, {}, &StoredJournal::sequence);
  const auto committed = isCommitted(objects, view.journal());
  if (!committed) return passOn(committed);
  view.committed = *committed;
  return view;
}

bool isSame(const std::vector<RawObject>& one, const std::vector<RawObject>& other) {
  return std::ranges::equal(one, other, {}, &RawObject::label, &RawObject::label);
}

}  // namespace

bool holds(const std::vector<JournalBlob>& blobs, Sequence sequence) {
  return std::ranges::find(blobs, sequence, &JournalBlob::sequence) != blobs.end();
}

bool holds(const std::vector<Bytes>& digests, ByteView digest) {
  return std::ranges::any_of(digests, [&](const Bytes& one) { return sameBytes(one, digest); });
}

/// Another program may end a change meanwhile. What has vanished is then not listed any more, and all is read once
/// more; some drivers leave things in their list for ever.
Result<View> readView(ObjectStore& objects) {
  auto all = objects.objects();
  for (bool again = false;; again = true) {
    if (!all) return passOn(all);
    bool vanished = false;
    auto view = viewFrom(objects, *all, vanished);
    if (!view || !vanished || again) return view;
    auto now = objects.objects();
    if (now && isSame(*now, *all)) return view;
    all = std::move(now);
  }
}

std::vector<const StoredBlob*> visibleBlobs(const View& view) {
  std::map<std::string_view, const StoredBlob*> newest;  // complete ones come ascending by sequence: the last one stays
  for (const auto& blob : view.complete)
    if (!isParcel(blob.manifest.name) && !hidden(view, blob.manifest.sequence)) newest[blob.manifest.name] = &blob;
  std::vector<const StoredBlob*> visible;
  visible.reserve(newest.size());
  for (const auto& [name, blob] : newest) visible.push_back(blob);
  return visible;
}

std::vector<const StoredBlob*> parcels(const View& view) {
  std::vector<const StoredBlob*> found;
  if (view.journal() == nullptr || !view.committed) return found;
  for (const auto& blob : view.complete)
    if (isParcel(blob.manifest.name) && holds(view.journal()->put, blob.manifest.sequence)) found.push_back(&blob);
  return found;
}

KeyUse placeOf(ParcelKind kind) { return kind == ParcelKind::signCertificate ? KeyUse::signing : KeyUse::encryption; }

Result<std::vector<RawCertificate>> visibleCertificates(ObjectStore& objects, const View& view) {
  auto all = objects.certificates();
  if (!all || view.journal() == nullptr) return all;
  std::erase_if(*all, [&](const RawCertificate& certificate) { return hidden(view, sha256(certificate.der)); });
  for (const auto* parcel : parcels(view)) {
    const std::string_view name = parcel->manifest.name;
    if (!isCertificate(parcelKind(name))) continue;
    auto der = readContent(objects, *parcel);
    if (!der) return passOn(der);
    RawCertificate coming{0, parcelKeyId(name), std::move(*der), placeOf(parcelKind(name))};
    // What is in its place goes, also where it could not be read when the journal was written.
    std::erase_if(*all, [&](const auto& there) { return there.keyId == coming.keyId && there.place == coming.place; });
    all->push_back(std::move(coming));
  }
  return all;
}

Result<Bytes> readContent(ObjectStore& objects, const StoredBlob& blob) {
  Bytes content;
  content.reserve(static_cast<std::size_t>(blob.manifest.size));
  for (std::size_t i = 1; i < blob.objects.size(); ++i) {
    const auto part = objects.read(blob.objects[i]);
    if (!part) return passOn(part);
    content.insert(content.end(), part->begin(), part->end());
    if (content.size() > blob.manifest.size) break;
  }
  if (content.size() != blob.manifest.size || !sameBytes(sha256(content), blob.manifest.sha256))
    return fail(ErrorCode::seal_invalid, "readContent");
  return content;
}

}  // namespace sealferry::token::store
