// SPDX-License-Identifier: Apache-2.0
#include "plan.h"

#include <algorithm>
#include <set>

#include "base/digest.h"
#include "vendor_plan.h"

namespace sealferry::token::store {
namespace {

const StoredBlob* visibleNamed(const View& view, std::string_view name) {
  for (const auto* blob : visibleBlobs(view))
    if (blob->manifest.name == name) return blob;
  return nullptr;
}

bool contains(const std::vector<JournalBlob>& blobs, ByteView digest) {
  return std::ranges::any_of(blobs, [&](const JournalBlob& blob) { return sameBytes(blob.sha256, digest); });
}

/// The digests that really go: a blob that is both replaced and put stays.
std::vector<Bytes> leaving(const Change& change) {
  std::vector<Bytes> digests;
  for (const auto& digest : change.replaces)
    if (std::ranges::none_of(change.put, [&](const Blob& blob) { return sameBytes(sha256(blob.content), digest); }))
      digests.push_back(digest);
  return digests;
}

/// Seals of which a vendor's file keeps all there is are not written as blobs of ours.
bool isForShelf(const Shelf& shelf) { return shelf.chosen() != nullptr && keepsSeal(shelf.chosen()->encoding); }

/// The blobs to be written. A name that the key shows with other content must be among those replaced.
Result<void> planBlobs(const Change& change, const View& view, const Shelf& shelf, Plan& plan) {
  for (const auto& blob : change.put) {
    auto digest = sha256(blob.content);
    const auto* shown = visibleNamed(view, blob.name);
    if (shown != nullptr && sameBytes(shown->manifest.sha256, digest)) continue;
    if (shown != nullptr && !holds(change.replaces, shown->manifest.sha256))
      return fail(ErrorCode::order_mismatch, "name not replaced");
    if (isForShelf(shelf)) continue;
    plan.writes.push_back(&blob);
    plan.journal.put.push_back({std::move(digest), plan.commitSequence++});
  }
  return {};
}

bool stays(const StoredBlob& blob, const Change& change) {
  return std::ranges::any_of(change.put, [&](const Blob& put) {
    return put.name == blob.manifest.name && sameBytes(sha256(put.content), blob.manifest.sha256);
  });
}

bool isPut(const Change& change, ByteView digest) {
  return std::ranges::any_of(change.put, [&](const Blob& put) { return sameBytes(sha256(put.content), digest); });
}

/// What goes from vendors' files: the sequence 0 says that it is no blob of ours.
void planReplacedOnShelf(const Change& change, const Shelf& shelf, Plan& plan) {
  for (const auto& file : shelf.files)
    for (const auto& seal : file.content.seals)
      if (auto digest = sha256(seal.content()); holds(change.replaces, digest) && !isPut(change, digest))
        plan.journal.replaced.push_back({std::move(digest), onShelf});
}

/// The blobs that go. Each digest must be on the key, or have been taken away by the same change before.
Result<void> planReplaced(const Change& change, const View& view, const Shelf& shelf,
                          const std::vector<JournalBlob>& lost, Plan& plan) {
  plan.journal.replaced = lost;
  planReplacedOnShelf(change, shelf, plan);
  for (const auto* blob : visibleBlobs(view))
    if (holds(change.replaces, blob->manifest.sha256) && !stays(*blob, change))
      plan.journal.replaced.push_back({blob->manifest.sha256, blob->manifest.sequence});
  for (const auto& digest : leaving(change))
    if (!contains(plan.journal.replaced, digest)) return fail(ErrorCode::order_mismatch, "replaced not on key");
  return {};
}

Result<Bytes> keyIdFor(const std::vector<KeyPair>& pairs, const CertificateFacts& facts) {
  if (pairs.empty()) return fail(ErrorCode::no_certificate, "no key pair");
  for (const auto& pair : pairs)
    if (sameBytes(pair.publicKeyInfo, facts.publicKeyInfo)) return pair.keyId;
  return fail(ErrorCode::order_mismatch, "no key pair for certificate");
}

/// Only a certificate of the same key pair *and* use is replaced: a signing certificate never takes an encryption one
/// away.
bool isReplacedBy(const RawCertificate& old, const CertificateFacts& facts, ByteView newDer) {
  if (sameBytes(old.der, newDer)) return false;
  const auto oldFacts = certificateFacts(old.der);
  return oldFacts && oldFacts->use == facts.use && sameBytes(oldFacts->publicKeyInfo, facts.publicKeyInfo);
}

/// The copies of what goes to its place after the commit are written like blobs. `parcels` never grows beyond what it
/// was made for, so that `writes` may point into it.
void addParcel(Plan& plan, ParcelKind kind, ByteView keyId, ByteView content) {
  plan.parcels.push_back({parcelName(kind, keyId), copyOf(content)});
  plan.writes.push_back(&plan.parcels.back());
  plan.journal.put.push_back({sha256(content), plan.commitSequence++});
}

/// Where certificates have places, whatever is in the place is replaced.
void planPlaced(const Bytes& der, KeyUse use, Bytes keyId, const std::vector<RawCertificate>& shown, Plan& plan) {
  JournalCertificate entry{sha256(der), true, {}};
  bool there = false;
  for (const auto& old : shown) {
    if (old.keyId != keyId || old.place != use) continue;
    there = there || sameBytes(old.der, der);
    if (!sameBytes(old.der, der)) entry.replaced.push_back(sha256(old.der));
  }
  entry.brought = !there;
  plan.journal.certificates.push_back(std::move(entry));
  const auto kind = use == KeyUse::signing ? ParcelKind::signCertificate : ParcelKind::encryptionCertificate;
  if (!there) addParcel(plan, kind, keyId, der);
  plan.certificates.push_back({std::move(keyId), &der, !there, true});
}

/// The pair whose place a certificate takes. A certificate for encryption never goes where one for signing belongs.
Result<Bytes> placedKeyId(const std::vector<KeyPair>& pairs, const CertificateFacts& facts, KeyUse use) {
  auto keyId = keyIdFor(pairs, facts);
  if (!keyId) return keyId;
  const bool fits = std::ranges::any_of(pairs, [&](const KeyPair& pair) {
    return pair.keyId == *keyId && pair.use == use && sameBytes(pair.publicKeyInfo, facts.publicKeyInfo);
  });
  if (!fits) return fail(ErrorCode::order_mismatch, "certificate of another use");
  return keyId;
}

Result<void> planCertificate(const Bytes& der, KeyUse use, const std::vector<KeyPair>& pairs,
                             const std::vector<RawCertificate>& shown, bool placed, Plan& plan) {
  const auto facts = certificateFacts(der);
  if (!facts || facts->use != use) return fail(ErrorCode::certificate_invalid, "planCertificate");
  auto keyId = placed ? placedKeyId(pairs, *facts, use) : keyIdFor(pairs, *facts);
  if (!keyId) return passOn(keyId);
  if (placed) return planPlaced(der, use, std::move(*keyId), shown, plan), Result<void>{};
  const bool there = std::ranges::any_of(shown, [&](const auto& one) { return sameBytes(one.der, der); });
  JournalCertificate entry{sha256(der), !there, {}};
  for (const auto& old : shown)
    if (isReplacedBy(old, *facts, der)) entry.replaced.push_back(sha256(old.der));
  plan.journal.certificates.push_back(std::move(entry));
  plan.certificates.push_back({std::move(*keyId), &der, !there});
  return {};
}

/// An enveloped key is enciphered to a signing key, and goes where that one is: the certificate's if one comes along,
/// else the only one there is.
Result<Bytes> envelopeKeyId(const std::vector<KeyPair>& pairs, const Change& change) {
  const auto facts = change.signCertificate ? certificateFacts(*change.signCertificate) : std::nullopt;
  std::vector<Bytes> fitting;
  for (const auto& pair : pairs)
    if (pair.use == KeyUse::signing && pair.algorithm == KeyAlgorithm::sm2 &&
        (!facts || sameBytes(pair.publicKeyInfo, facts->publicKeyInfo)))
      fitting.push_back(pair.keyId);
  if (fitting.size() != 1) return fail(ErrorCode::order_mismatch, "no key pair for envelope");
  return fitting.front();
}

/// The key pair that the enveloped key will be joins `pairs`, in the place of the one before.
Result<void> planEncryptionKey(ObjectStore& objects, const Change& change, std::vector<KeyPair>& pairs, Plan& plan) {
  auto info = objects.envelopedKey(*change.encryptionKey);
  if (!info) return passOn(info);
  if (!change.encryptionCertificate) return fail(ErrorCode::bad_request, "encryption key without certificate");
  auto keyId = envelopeKeyId(pairs, change);
  if (!keyId) return passOn(keyId);
  const auto now = objects.encryptionKey(*keyId, false);
  if (!now) return passOn(now);
  if (!sameBytes(*now, *info)) {
    plan.journal.key = JournalKey{*keyId, now->empty() ? Bytes{} : sha256(*now), sha256(*info)};
    plan.envelope = &*change.encryptionKey;
    addParcel(plan, ParcelKind::encryptionKey, *keyId, *change.encryptionKey);
  }
  std::erase_if(pairs, [&](const KeyPair& pair) { return pair.keyId == *keyId && pair.use == KeyUse::encryption; });
  pairs.push_back({std::move(*keyId), KeyUse::encryption, KeyAlgorithm::sm2, 256, std::move(*info)});
  return {};
}

Result<void> planCertificates(ObjectStore& objects, const Change& change, const View& view, Plan& plan) {
  if (!change.signCertificate && !change.encryptionCertificate && !change.encryptionKey) return {};
  auto pairs = objects.keyPairs();
  if (!pairs) return passOn(pairs);
  const auto shown = visibleCertificates(objects, view);
  if (!shown) return passOn(shown);
  plan.parcels.reserve(mostParcels);
  if (change.encryptionKey)
    if (auto done = planEncryptionKey(objects, change, *pairs, plan); !done) return done;
  const bool placed = objects.overwrites();
  if (change.signCertificate) {
    auto done = planCertificate(*change.signCertificate, KeyUse::signing, *pairs, *shown, placed, plan);
    if (!done) return done;
  }
  if (!change.encryptionCertificate) return {};
  return planCertificate(*change.encryptionCertificate, KeyUse::encryption, *pairs, *shown, placed, plan);
}

/// Nothing to write and nothing that should be gone.
bool isDone(const Change& change, const View& view, const Shelf& shelf, const Plan& plan) {
  const auto goes = leaving(change);
  return plan.writes.empty() && std::ranges::none_of(plan.certificates, &CertificateStep::bring) &&
         std::ranges::none_of(goes,
                              [&](const Bytes& digest) { return showsBlob(view, digest) || showsSeal(shelf, digest); });
}

bool goodName(std::string_view name) { return !name.empty() && name.size() <= mostNameBytes && !isParcel(name); }

}  // namespace

bool showsBlob(const View& view, ByteView sha256) {
  const auto visible = visibleBlobs(view);
  return std::ranges::any_of(visible, [&](const auto* blob) { return sameBytes(blob->manifest.sha256, sha256); });
}

Result<void> checkChange(const Change& change) {
  if (change.order.empty() || change.order.size() > mostOrderBytes) return fail(ErrorCode::bad_request, "order");
  if (change.put.size() > mostBlobs || change.replaces.size() > mostBlobs) return fail(ErrorCode::too_large, "blobs");
  if (change.put.empty() && change.replaces.empty() && !change.signCertificate && !change.encryptionCertificate &&
      !change.encryptionKey)
    return fail(ErrorCode::bad_request, "empty change");
  std::set<std::string_view> names;
  for (const auto& blob : change.put) {
    if (!goodName(blob.name) || !names.insert(blob.name).second) return fail(ErrorCode::bad_request, "blob name");
    if (blob.content.size() > mostBlobBytes) return fail(ErrorCode::too_large, "blob");
  }
  for (const auto& digest : change.replaces)
    if (digest.size() != 32) return fail(ErrorCode::bad_request, "replaced digest");
  return {};
}

Result<Plan> makePlan(ObjectStore& objects, const Change& change, const View& view, const Shelf& shelf,
                      const std::vector<JournalBlob>& lost) {
  if (view.highest > lastSequence - mostBlobs - mostParcels - 2) return fail(ErrorCode::layout_unknown, "sequence");
  Plan plan;
  plan.journal.order = change.order;
  if (view.journal() != nullptr) plan.journal.files = view.journal()->files;  // of a broken change in place
  plan.journalSequence = view.highest + 1;
  plan.commitSequence = plan.journalSequence + 1;  // moves on behind each blob
  if (auto done = planBlobs(change, view, shelf, plan); !done) return passOn(done);
  if (auto done = planCertificates(objects, change, view, plan); !done) return passOn(done);
  const auto replaced = planReplaced(change, view, shelf, lost, plan);
  if (auto done = planVendorFiles(objects, change, view, shelf, plan); !done) return passOn(replaced ? done : replaced);
  plan.done = isDone(change, view, shelf, plan);
  if (!plan.done && !replaced) return passOn(replaced);
  return plan;
}

}  // namespace sealferry::token::store
