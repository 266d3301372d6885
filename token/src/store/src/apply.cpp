// SPDX-License-Identifier: Apache-2.0
#include "apply.h"

#include <algorithm>

#include "base/digest.h"

#include "recover.h"
#include "write.h"

namespace sealferry::token::store {
namespace {

Result<Plan> planNow(ObjectStore& objects, const Change& change, const View& view,
                     const std::vector<JournalBlob>& lost) {
  const auto shelf = readShelf(objects, view);
  if (!shelf) return passOn(shelf);
  return makePlan(objects, change, view, *shelf, lost);
}

/// Before anything is touched, also what an earlier change left.
Result<void> checkLayout(ObjectStore& objects) {
  const auto view = readView(objects);
  if (!view) return passOn(view);
  const auto shelf = readShelf(objects, *view);
  if (!shelf) return passOn(shelf);
  const auto layout = layoutOf(*shelf);
  if (layout.writable) return {};
  auto failure = fail(ErrorCode::layout_unknown, "checkLayout");
  failure.value().detail["reason"] = layout.reason;
  return failure;
}

/// What an in-place change takes away, kept in our memory while it is nowhere on the key.
struct Kept {
  std::vector<Blob> blobs;
  std::vector<FileParcel> files;
};

Result<Kept> keepReplaced(ObjectStore& objects, const View& view, const Plan& plan) {
  Kept kept;
  for (const auto& blob : view.complete) {
    if (!holds(plan.journal.replaced, blob.manifest.sequence)) continue;
    auto content = readContent(objects, blob);
    if (!content) return passOn(content);
    kept.blobs.push_back({blob.manifest.name, std::move(*content)});
  }
  for (const auto& file : plan.files)
    if (!file.before.empty()) kept.files.push_back({file.after.place, false, file.before});
  return kept;
}

bool isThere(const View& view, std::string_view name) {
  for (const auto* blob : visibleBlobs(view))
    if (blob->manifest.name == name) return true;
  return false;
}

/// After an in-place change failed with the key still there: the old ones go back to where they were.
Result<void> restore(ObjectStore& objects, const Kept& kept) {
  auto view = readView(objects);
  if (!view) return passOn(view);
  auto sequence = view->highest;
  for (const auto& blob : kept.blobs)
    if (!isThere(*view, blob.name))
      if (auto done = writeBlob(objects, blob, ++sequence); !done) return done;
  for (const auto& file : kept.files)
    if (auto done = deliverFile(objects, file); !done) return done;
  return destroyJournals(objects, *view);
}

/// The plan without copies of vendors' files: those are written over, as the journal says.
Plan withoutCopies(Plan plan) {
  for (std::size_t i = plan.writes.size(); i-- > 0;) {
    if (!isFileParcel(plan.writes[i]->name)) continue;
    plan.writes.erase(plan.writes.begin() + static_cast<std::ptrdiff_t>(i));
    plan.journal.put.erase(plan.journal.put.begin() + static_cast<std::ptrdiff_t>(i));
  }
  for (const auto& file : plan.files) {
    const auto& [application, label, read, write] = file.after.place;
    const bool known = std::ranges::find(plan.journal.files, label, &JournalFile::label) != plan.journal.files.end();
    if (!known) plan.journal.files.push_back({application, label, file.before.empty() ? Bytes{} : sha256(file.before)});
  }
  return plan;
}

/// Ends a failed change in the light of what the key holds, and says how it stands. A commit may have reached the key
/// although the call failed.
Result<void> settle(ObjectStore& objects, const Change& change, const Kept& kept, const Error& error) {
  const auto found = readView(objects);
  if (!found) return passOn(found);
  const auto lost = recover(objects);
  if (!lost) return passOn(lost);
  if (!found->committed && (!lost->empty() || !kept.files.empty()))
    if (auto done = restore(objects, kept); !done) return done;
  if (auto done = sweep(objects); !done) return done;
  const auto view = readView(objects);
  if (!view) return passOn(view);
  const auto plan = planNow(objects, change, *view, {});
  if (plan && plan->done) return {};
  return tl::unexpected<Error>(error);
}

Result<void> carryOut(ObjectStore& objects, const Change& change, const Plan& plan, const View& view, Way way,
                      const ProgressSink& progress) {
  auto kept = way == Way::inPlace ? keepReplaced(objects, view, plan) : Kept{};
  if (!kept) return passOn(kept);
  const auto& chosen = way == Way::inPlace ? withoutCopies(plan) : plan;
  if (auto written = writePlan(objects, chosen, view, way, progress); !written)
    return settle(objects, change, *kept, written.error());
  const auto ended = recover(objects);  // the change is committed: this takes away what was replaced
  if (!ended) return passOn(ended);
  return {};
}

}  // namespace

Result<void> applyChange(ObjectStore& objects, const Change& change, const ProgressSink& progress) {
  if (auto good = checkChange(change); !good) return good;
  if (auto known = checkLayout(objects); !known) return known;
  const auto lost = recover(objects);
  if (!lost) return passOn(lost);
  auto view = readView(objects);
  if (!view) return passOn(view);
  auto plan = planNow(objects, change, *view, *lost);
  if (!plan) return passOn(plan);
  if (plan->done) return {};
  if (auto swept = sweep(objects); !swept) return swept;
  view = readView(objects);  // sweeping may have made the handles stale
  if (!view) return passOn(view);
  const auto way = findRoom(objects, *plan, *view, change.allowInPlace);
  if (!way) return passOn(way);
  auto done = carryOut(objects, change, *plan, *view, *way, progress);
  // A key that does not tell its free memory says so only now; what it held is back in its place.
  const bool again = !done && done.error().code == ErrorCode::no_room && *way == Way::beside && change.allowInPlace &&
                     mayBeInPlace(*plan);
  if (!again) return done;
  view = readView(objects);
  if (!view) return passOn(view);
  return carryOut(objects, change, *plan, *view, Way::inPlace, progress);
}

}  // namespace sealferry::token::store
