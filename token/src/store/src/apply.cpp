// SPDX-License-Identifier: Apache-2.0
#include "apply.h"

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

/// The replaced blobs, kept in our memory while an in-place change has none of them on the key.
Result<std::vector<Blob>> keepReplaced(ObjectStore& objects, const View& view, const Plan& plan) {
  std::vector<Blob> kept;
  for (const auto& blob : view.complete) {
    if (!holds(plan.journal.replaced, blob.manifest.sequence)) continue;
    auto content = readContent(objects, blob);
    if (!content) return passOn(content);
    kept.push_back({blob.manifest.name, std::move(*content)});
  }
  return kept;
}

bool isThere(const View& view, std::string_view name) {
  for (const auto* blob : visibleBlobs(view))
    if (blob->manifest.name == name) return true;
  return false;
}

/// After an in-place change failed with the key still there: the old ones go back to where they were.
Result<void> restore(ObjectStore& objects, const std::vector<Blob>& kept) {
  auto view = readView(objects);
  if (!view) return passOn(view);
  auto sequence = view->highest;
  for (const auto& blob : kept)
    if (!isThere(*view, blob.name))
      if (auto done = writeBlob(objects, blob, ++sequence); !done) return done;
  return destroyJournals(objects, *view);
}

/// Ends a failed change in the light of what the key holds, and says how it stands. A commit may have reached the key
/// although the call failed.
Result<void> settle(ObjectStore& objects, const Change& change, const std::vector<Blob>& kept, const Error& error) {
  const auto lost = recover(objects);
  if (!lost) return passOn(lost);
  if (!lost->empty())
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
  auto kept = way == Way::inPlace ? keepReplaced(objects, view, plan) : std::vector<Blob>{};
  if (!kept) return passOn(kept);
  if (auto written = writePlan(objects, plan, view, way, progress); !written)
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
                     !plan->journal.replaced.empty();
  if (!again) return done;
  view = readView(objects);
  if (!view) return passOn(view);
  return carryOut(objects, change, *plan, *view, Way::inPlace, progress);
}

}  // namespace sealferry::token::store
