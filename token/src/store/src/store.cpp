// SPDX-License-Identifier: Apache-2.0
#include "store/store.h"

#include <algorithm>
#include <set>

#include "apply.h"
#include "base/digest.h"
#include "plan.h"
#include "shelf.h"

namespace sealferry::token::store {
namespace {

/// Another program may end a change between our listing and our reading: what was listed is gone then, and all is read
/// once more.
template <class Look>
auto steadily(Look look) -> decltype(look()) {
  auto found = look();
  if (found || found.error().code != ErrorCode::seal_invalid) return found;
  return look();
}

/// How many of a target's items are visible.
struct Shown {
  std::size_t there = 0, wanted = 0;
  void add(bool is) {
    ++wanted;
    if (is) ++there;
  }
};

bool shows(const std::vector<RawCertificate>& all, ByteView digest) {
  return std::ranges::any_of(all, [&](const auto& one) { return sameBytes(sha256(one.der), digest); });
}

/// Some SKF libraries have no files, or fail to list them, and have certificates all the same.
bool listsNoObjects(ObjectStore& objects) { return !objects.objects() && objects.answers(); }

/// Where our own objects are not listed, certificates are shown as they lie there. Who writes reads the journal, and
/// fails.
Result<std::vector<RawCertificate>> shownCertificates(ObjectStore& objects) {
  const auto view = readView(objects);
  if (view) return visibleCertificates(objects, *view);
  if (!listsNoObjects(objects)) return passOn(view);
  return objects.certificates();
}

Result<Shown> count(ObjectStore& objects, const View& view, const ChangeTarget& target) {
  Shown shown;
  const auto shelf = target.blobs.empty() ? Shelf{} : readShelf(objects, view);
  if (!shelf) return passOn(shelf);
  for (const auto& digest : target.blobs) shown.add(showsBlob(view, digest) || showsSeal(*shelf, digest));
  if (!target.signCertificate && !target.encryptionCertificate) return shown;
  const auto visible = visibleCertificates(objects, view);
  if (!visible) return passOn(visible);
  if (target.signCertificate) shown.add(shows(*visible, *target.signCertificate));
  if (target.encryptionCertificate) shown.add(shows(*visible, *target.encryptionCertificate));
  return shown;
}

BlobInfo describe(const VendorFile& file, std::size_t index) {
  const auto& seal = file.content.seals[index];
  return {nameOf(file, index), seal.content().size(), sha256(seal.content()), file.profile->name,
          seal.isPicture,      seal.face.title,       seal.face.widthMm,      seal.face.heightMm};
}

/// The seals of vendors' files, but for those that lie among our own too.
void addShelf(const Shelf& shelf, const View& view, std::vector<BlobInfo>& found) {
  for (const auto& file : shelf.files)
    for (std::size_t i = 0; i < file.content.seals.size(); ++i)
      if (auto info = describe(file, i); !showsBlob(view, info.sha256)) found.push_back(std::move(info));
}

bool isOf(const KeyPair& pair, const CertificateObject& certificate) {
  const auto facts = certificateFacts(certificate.der);
  return facts && sameBytes(facts->publicKeyInfo, pair.publicKeyInfo);
}

/// Many tools leave no public key object of an imported pair (PKCS#12), so that before the login there is nothing but
/// the certificate. It is taken at its word, and whoever signs with it looks again after the login; but only where
/// nothing that shows itself says otherwise: no pair of the same use, and none that waits for its certificate. It may
/// be somebody else's certificate, after all.
void presume(std::vector<CertificateObject>& all, const std::vector<KeyPair>& shown) {
  const auto waits = [&](const KeyPair& pair) {
    return std::ranges::none_of(all, [&](const CertificateObject& one) { return isOf(pair, one); });
  };
  if (std::ranges::any_of(shown, waits)) return;
  std::set<KeyUse> known;
  for (const auto& one : all)
    if (one.hasPrivateKey) known.insert(one.use);
  for (auto& one : all) one.hasPrivateKey = one.hasPrivateKey || (!known.contains(one.use) && !one.keyId.empty());
}

/// By the public key: some tools write a certificate under another id than its key pair has, or under none.
const KeyPair* pairOf(const std::vector<KeyPair>& pairs, ByteView keyId, const CertificateFacts& facts) {
  const KeyPair* found = nullptr;
  for (const auto& pair : pairs)
    if (sameBytes(pair.publicKeyInfo, facts.publicKeyInfo) && (found == nullptr || sameBytes(pair.keyId, keyId)))
      found = &pair;
  return found;
}

Result<Bytes> readNow(ObjectStore& objects, std::string_view name) {
  const auto view = readView(objects);
  if (!view) return passOn(view);
  for (const auto* blob : visibleBlobs(*view))
    if (blob->manifest.name == name) return readContent(objects, *blob);
  const auto shelf = readShelf(objects, *view);
  if (!shelf) return passOn(shelf);
  for (const auto& file : shelf->files)
    for (std::size_t i = 0; i < file.content.seals.size(); ++i)
      if (nameOf(file, i) == name) return file.content.seals[i].content();
  return fail(ErrorCode::no_seal, "readBlob");
}

}  // namespace

Result<std::vector<CertificateObject>> Store::certificates() {
  const auto shown = steadily([&] { return shownCertificates(objects_); });
  if (!shown) return passOn(shown);
  const auto pairs = objects_.keyPairs();
  if (!pairs) return passOn(pairs);
  std::vector<CertificateObject> found;
  for (const auto& certificate : *shown) {
    const auto facts = certificateFacts(certificate.der);
    if (!facts) continue;
    const auto* pair = pairOf(*pairs, certificate.keyId, *facts);
    if (facts->authority && pair == nullptr) continue;
    found.push_back({pair == nullptr ? certificate.keyId : pair->keyId, facts->use, certificate.der, pair != nullptr});
  }
  if (std::ranges::all_of(found, &CertificateObject::hasPrivateKey)) return found;
  const auto hides = objects_.hidesKeyPairs();
  if (!hides) return passOn(hides);
  if (*hides) presume(found, *pairs);
  return found;
}

Result<std::vector<BlobInfo>> Store::blobs() {
  const auto view = readView(objects_);
  if (!view) return passOn(view);
  std::vector<BlobInfo> found;
  for (const auto* blob : visibleBlobs(*view))
    found.push_back({blob->manifest.name, blob->manifest.size, blob->manifest.sha256});
  const auto shelf = readShelf(objects_, *view);
  if (!shelf) return passOn(shelf);
  addShelf(*shelf, *view, found);
  return found;
}

Result<Bytes> Store::readBlob(std::string_view name) {
  return steadily([&] { return readNow(objects_, name); });
}

Result<KeyLayout> Store::layout() {
  const auto view = readView(objects_);
  const auto shelf = view ? readShelf(objects_, *view) : Result<Shelf>(passOn(view));
  if (!shelf && listsNoObjects(objects_)) return KeyLayout{{}, false, false, "unreadable"};
  if (!shelf) return passOn(shelf);
  return layoutOf(*shelf);
}

Result<ChangeState> Store::state(const ChangeTarget& target) {
  const auto view = readView(objects_);
  if (!view) return passOn(view);
  const auto shown = count(objects_, *view, target);
  if (!shown) return passOn(shown);
  if (shown->wanted > 0 && shown->there == shown->wanted) return ChangeState::done;
  const auto* journal = view->journal();
  if (shown->there > 0 || (journal != nullptr && journal->order == target.order)) return ChangeState::partial;
  return ChangeState::none;
}

Result<std::optional<PendingChange>> Store::pending() {
  const auto view = readView(objects_);
  if (!view) return passOn(view);
  const auto* journal = view->journal();
  if (journal == nullptr) return std::nullopt;
  return PendingChange{journal->order, view->committed};
}

Result<void> Store::apply(const Change& change, const ProgressSink& progress) {
  return applyChange(objects_, change, progress);
}

}  // namespace sealferry::token::store
