// SPDX-License-Identifier: Apache-2.0
#include "vendor_plan.h"

#include <algorithm>

#include "base/digest.h"
#include "profile/match.h"

namespace sealferry::token::store {
namespace {

using profile::VendorSeal;

/// A place of the chosen profile: what is in it, and what will be.
struct Slot {
  VendorPlace place;
  const VendorFile* now = nullptr;
  std::vector<VendorSeal> seals{};
  bool loses = false;              ///< a seal in it goes: the first to be filled again
  const TornFile* torn = nullptr;  ///< what was there was lost when a change in place was broken off
};

bool isContentPut(const Change& change, ByteView content) {
  return std::ranges::any_of(change.put, [&](const Blob& blob) { return sameBytes(blob.content, content); });
}

/// An empty part lies in nothing. Without std::ranges::search, whose subrange clang 14 cannot read in GCC 12's library.
bool lies(const Bytes& part, const Bytes& whole) {
  return !part.empty() && std::search(whole.begin(), whole.end(), part.begin(), part.end()) != whole.end();
}

/// Does this seal go? A picture also goes with the seal of ours whose picture it is: that lies inside the seal.
bool goes(const VendorSeal& seal, const Change& change, const std::vector<Bytes>& replaced) {
  if (holds(change.replaces, sha256(seal.content())) && !isContentPut(change, seal.content())) return true;
  return seal.isPicture && std::ranges::any_of(replaced, [&](const Bytes& der) { return lies(seal.content(), der); });
}

/// The seals of our own that go, where their pictures are to go with them.
Result<std::vector<Bytes>> replacedSeals(ObjectStore& objects, const View& view, const Plan& plan) {
  std::vector<Bytes> contents;
  for (const auto& blob : view.complete) {
    if (!holds(plan.journal.replaced, blob.manifest.sequence)) continue;
    auto content = readContent(objects, blob);
    if (!content) return passOn(content);
    contents.push_back(std::move(*content));
  }
  return contents;
}

std::vector<Slot> slotsOf(const StorageProfile& chosen, const Shelf& shelf) {
  std::vector<Slot> slots;
  for (auto& label : profile::placesOf(chosen)) {
    Slot slot{{chosen.application, std::move(label), chosen.readRight, chosen.writeRight}};
    for (const auto& file : shelf.files) {
      if (file.profile != &chosen || file.place.label != slot.place.label) continue;
      slot.now = &file;
      slot.place.application = file.place.application;
    }
    for (const auto& torn : shelf.torn) {
      if (torn.place.label != slot.place.label) continue;
      slot.torn = &torn;
      slot.place.application = torn.place.application;
    }
    slots.push_back(std::move(slot));
  }
  return slots;
}

/// A change in place was broken off before it came to this file, all of whose seals were to go: of pictures nothing
/// else tells it any more, as the seals they lay in are gone.
bool wasToGo(const View& view, const VendorPlace& place) {
  return view.journal() != nullptr && std::ranges::any_of(view.journal()->files, [&](const JournalFile& file) {
           return file.application == place.application && file.label == place.label;
         });
}

void keepSeals(Slot& slot, const Change& change, const View& view, const std::vector<Bytes>& replaced) {
  if (slot.now == nullptr) return;
  const bool all = wasToGo(view, slot.place);
  for (const auto& seal : slot.now->content.seals) {
    if (all || goes(seal, change, replaced))
      slot.loses = true;
    else
      slot.seals.push_back(seal);
  }
}

Result<VendorSeal> vendorSeal(const Blob& blob, bool keeps) {
  if (keeps) return VendorSeal{false, blob.content, {}};
  if (blob.face) return VendorSeal{true, {}, *blob.face};
  auto failure = fail(ErrorCode::layout_unknown, "face");
  failure.value().detail["reason"] = "face";
  return failure;
}

bool isKept(const std::vector<Slot>& slots, const VendorSeal& fresh) {
  return std::ranges::any_of(slots, [&](const Slot& slot) {
    return std::ranges::any_of(slot.seals, [&](const auto& seal) { return seal.content() == fresh.content(); });
  });
}

/// A place for one more: where a seal goes, else one that is free, else beside others if the form holds several.
Slot* placeFor(std::vector<Slot>& slots, bool several) {
  const auto loser = std::ranges::find_if(slots, [](const Slot& slot) { return slot.loses && slot.seals.empty(); });
  if (loser != slots.end()) return &*loser;
  const auto free = std::ranges::find_if(slots, [&](const Slot& slot) { return several || slot.seals.empty(); });
  return free == slots.end() ? nullptr : &*free;
}

/// Does the chosen profile have this seal to keep? Not one that lies among our own already.
bool belongsOnShelf(const Blob& blob, const StorageProfile& chosen, const Plan& plan, const View& view) {
  if (keepsSeal(chosen.encoding)) return !showsBlob(view, sha256(blob.content));
  return std::ranges::find(plan.writes, &blob) != plan.writes.end();
}

Result<void> fill(std::vector<Slot>& slots, const Change& change, const StorageProfile& chosen, const Plan& plan,
                  const View& view) {
  for (const auto& blob : change.put) {
    if (!belongsOnShelf(blob, chosen, plan, view)) continue;
    auto seal = vendorSeal(blob, keepsSeal(chosen.encoding));
    if (!seal) return passOn(seal);
    if (isKept(slots, *seal)) continue;
    auto* slot = placeFor(slots, profile::holdsSeveral(chosen.encoding));
    if (slot == nullptr) return fail(ErrorCode::no_room, "vendor files");
    slot->seals.push_back(std::move(*seal));
  }
  return {};
}

Result<FileParcel> parcelFor(const Slot& slot, const StorageProfile& chosen) {
  auto content = profile::encode(chosen, slot.seals);
  if (!content) return passOn(content);
  const bool absent = content->empty();
  return FileParcel{slot.place, absent, std::move(*content)};
}

/// Does a seal that is there now stay in the file?
bool holdsMore(const Slot& slot) {
  return slot.now != nullptr && std::ranges::any_of(slot.now->content.seals, [&](const auto& seal) {
           return std::ranges::find(slot.seals, seal) != slot.seals.end();
         });
}

void addFile(Plan& plan, FileParcel file, const Slot& slot) {
  const auto takes = slot.torn != nullptr ? slot.torn->size : slot.now != nullptr ? slot.now->bytes.size() : 0;
  plan.files.push_back({file, slot.now == nullptr ? Bytes{} : slot.now->bytes, takes, holdsMore(slot)});
  plan.parcels.push_back({parcelName(ParcelKind::vendorFile, placeId(file.place)), encode(file)});
  plan.writes.push_back(&plan.parcels.back());
  plan.journal.put.push_back({sha256(plan.parcels.back().content), plan.commitSequence++});
}

bool changes(const Slot& slot) {
  if (slot.now == nullptr) return slot.torn != nullptr || !slot.seals.empty();
  return slot.now->content.seals != slot.seals;
}

}  // namespace

Result<void> planVendorFiles(ObjectStore& objects, const Change& change, const View& view, const Shelf& shelf,
                             Plan& plan) {
  const auto* chosen = shelf.chosen();
  if (chosen == nullptr || (change.put.empty() && change.replaces.empty() && shelf.torn.empty())) return {};
  if (std::ranges::any_of(shelf.files, [](const auto& file) { return !file.readable; }))
    return fail(ErrorCode::layout_unknown, "vendor file");
  const auto replaced = keepsSeal(chosen->encoding) ? std::vector<Bytes>{} : replacedSeals(objects, view, plan);
  if (!replaced) return passOn(replaced);
  auto slots = slotsOf(*chosen, shelf);
  for (auto& slot : slots) keepSeals(slot, change, view, *replaced);
  if (auto done = fill(slots, change, *chosen, plan, view); !done) return done;
  plan.parcels.reserve(mostParcels);
  for (const auto& slot : slots) {
    if (!changes(slot)) continue;
    auto file = parcelFor(slot, *chosen);
    if (!file) return passOn(file);
    if (plan.files.size() == mostVendorFiles) return fail(ErrorCode::too_large, "vendor files");
    addFile(plan, std::move(*file), slot);
  }
  return {};
}

}  // namespace sealferry::token::store
