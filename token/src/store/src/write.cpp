// SPDX-License-Identifier: Apache-2.0
#include "write.h"

#include <algorithm>

#include "base/digest.h"
#include "recover.h"

namespace sealferry::token::store {
namespace {

/// Counts one step of progress at a time.
class Count {
 public:
  Count(const ProgressSink& sink, std::string_view step, std::size_t total)
      : sink_(sink), step_(step), total_(static_cast<unsigned>(total)) {}
  void next() {
    ++done_;
    if (sink_) sink_(step_, done_, total_);
  }

 private:
  const ProgressSink& sink_;
  std::string_view step_;
  unsigned done_ = 0, total_;
};

std::size_t items(const Plan& plan) { return plan.writes.size() + plan.certificates.size(); }

Result<void> bring(ObjectStore& objects, const Plan& plan, const ProgressSink& progress) {
  Count count(progress, "write", items(plan));
  for (std::size_t i = 0; i < plan.writes.size(); ++i) {
    if (auto done = writeBlob(objects, *plan.writes[i], plan.journal.put[i].sequence); !done) return done;
    count.next();
  }
  for (const auto& certificate : plan.certificates) {
    if (certificate.bring && !certificate.parcel)
      if (auto done = objects.importCertificate(certificate.keyId, *certificate.der); !done) return done;
    count.next();
  }
  return {};
}

Result<void> compareBlob(ObjectStore& objects, const View& view, const Blob& blob, Sequence sequence) {
  for (const auto& stored : view.complete) {
    if (stored.manifest.sequence != sequence || stored.manifest.name != blob.name) continue;
    const auto content = readContent(objects, stored);
    if (!content && content.error().code != ErrorCode::seal_invalid) return passOn(content);
    if (content && sameBytes(*content, blob.content)) return {};
  }
  return fail(ErrorCode::write_failed, "compareBlob");
}

bool lies(const std::vector<RawCertificate>& all, const CertificateStep& step) {
  return std::ranges::any_of(
      all, [&](const auto& one) { return sameBytes(one.der, *step.der) && sameBytes(one.keyId, step.keyId); });
}

/// Everything is read from the key again: what counts is what it keeps, not what it said while writing.
Result<void> compare(ObjectStore& objects, const Plan& plan, const ProgressSink& progress) {
  Count count(progress, "verify", items(plan));
  const auto view = readView(objects);
  if (!view) return passOn(view);
  for (std::size_t i = 0; i < plan.writes.size(); ++i) {
    auto same = compareBlob(objects, *view, *plan.writes[i], plan.journal.put[i].sequence);
    if (!same) return same;
    count.next();
  }
  if (plan.certificates.empty()) return {};
  const auto all = objects.certificates();
  if (!all) return passOn(all);
  for (const auto& certificate : plan.certificates) {
    if (certificate.bring && !certificate.parcel && !lies(*all, certificate))
      return fail(ErrorCode::write_failed, "compareCertificate");
    count.next();
  }
  return {};
}

/// Without the journal what is written next would be seen before all of it is there: the key must have kept it.
Result<void> begin(ObjectStore& objects, const Plan& plan) {
  const auto label = journalLabel(plan.journalSequence);
  const auto record = encode(plan.journal);
  if (auto done = objects.create(label, record); !done) return done;
  const auto all = objects.objects();
  if (!all) return passOn(all);
  const auto there = std::ranges::find(*all, label, &RawObject::label);
  if (there == all->end()) return fail(ErrorCode::write_failed, "begin");
  const auto kept = objects.read(there->handle);
  if (!kept && kept.error().code != ErrorCode::seal_invalid) return passOn(kept);
  if (!kept || !sameBytes(*kept, record)) return fail(ErrorCode::write_failed, "begin");
  return {};
}

/// The one object that makes the change visible. Read back like all else: a commit that the key did not keep is none.
Result<void> commit(ObjectStore& objects, const Plan& plan) {
  auto journal = plan.journal;
  journal.committed = true;
  if (auto done = objects.create(journalLabel(plan.commitSequence), encode(journal)); !done) return done;
  const auto view = readView(objects);
  if (!view) return passOn(view);
  if (view->journal() == nullptr || !view->journal()->committed) return fail(ErrorCode::write_failed, "commit");
  return {};
}

}  // namespace

Result<void> writeBlob(ObjectStore& objects, const Blob& blob, Sequence sequence) {
  const auto partSize = objects.partSize();
  const ByteView content = blob.content;
  unsigned part = 0;
  for (std::size_t at = 0; at < content.size(); at += partSize) {
    const auto bytes = content.subspan(at, std::min(partSize, content.size() - at));
    if (auto done = objects.create(blobLabel(blob.name, sequence, ++part), bytes); !done) return done;
  }
  const Manifest manifest{blob.name, content.size(), sha256(content), part, sequence};
  return objects.create(blobLabel(blob.name, sequence, 0), encode(manifest));
}

Result<void> writePlan(ObjectStore& objects, const Plan& plan, const View& view, Way way,
                       const ProgressSink& progress) {
  if (auto begun = begin(objects, plan); !begun) return begun;
  if (way == Way::inPlace)
    if (auto done = destroyBlobs(objects, view, plan.journal.replaced); !done) return done;
  if (auto done = bring(objects, plan, progress); !done) return done;
  if (auto done = compare(objects, plan, progress); !done) return done;
  // From here on there is no way back: an encryption key cannot be read, so the one before cannot be put back.
  if (plan.journal.key)
    if (auto done = installKey(objects, *plan.journal.key, *plan.envelope); !done) return done;
  return commit(objects, plan);
}

}  // namespace sealferry::token::store
