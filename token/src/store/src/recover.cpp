// SPDX-License-Identifier: Apache-2.0
#include "recover.h"

#include <algorithm>

#include "base/digest.h"

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

std::vector<JournalBlob> missing(const View& view, const std::vector<JournalBlob>& blobs) {
  std::vector<JournalBlob> gone;
  for (const auto& blob : blobs)
    if (std::ranges::none_of(view.complete,
                             [&](const StoredBlob& one) { return one.manifest.sequence == blob.sequence; }))
      gone.push_back(blob);
  return gone;
}

}  // namespace

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
  auto blobs = destroyBlobs(objects, *view, journal->committed ? journal->replaced : journal->put);
  if (!blobs) return passOn(blobs);
  auto certificates = removeCertificates(objects, certificatesToRemove(*journal));
  if (!certificates) return passOn(certificates);
  auto remains = destroyAll(objects, view->remains);  // parts of what this change broke off
  if (!remains) return passOn(remains);
  auto lost = journal->committed ? std::vector<JournalBlob>{} : missing(*view, journal->replaced);
  auto journals = destroyJournals(objects, *view, lost.empty() ? 0 : 1);
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
