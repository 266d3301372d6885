// SPDX-License-Identifier: Apache-2.0
#include "shelf.h"

#include <algorithm>

#include "base/digest.h"
#include "profile/match.h"

namespace sealferry::token::store {
namespace {

using profile::decode;
using profile::isPlace;

/// Vendors' files that a committed change is bringing.
Result<std::vector<FileParcel>> comingFiles(ObjectStore& objects, const View& view) {
  std::vector<FileParcel> coming;
  for (const auto* parcel : parcels(view)) {
    if (parcelKind(parcel->manifest.name) != ParcelKind::vendorFile) continue;
    const auto record = readContent(objects, *parcel);
    if (!record) return passOn(record);
    auto file = decodeFileParcel(*record);
    if (!file) return fail(ErrorCode::seal_invalid, "comingFiles");
    coming.push_back(std::move(*file));
  }
  return coming;
}

/// The profiles in whose places a file lies; those named by policy come first.
std::vector<const StorageProfile*> profilesAt(ObjectStore& objects, const VendorPlace& place) {
  std::vector<const StorageProfile*> found;
  for (const auto& one : objects.profiles())
    if (isPlace(one, place.application, place.label)) found.push_back(&one);
  // Without std::ranges, whose subrange clang 14 cannot read in GCC 12's library.
  std::stable_partition(found.begin(), found.end(), [](const auto* one) { return one->mayWrite; });
  return found;
}

/// Puts a file in its place on the shelf; one that none of its profiles can read is unexplained.
void explain(Shelf& shelf, const std::vector<const StorageProfile*>& profiles, VendorPlace place, Bytes bytes) {
  for (const auto* profile : profiles) {
    auto content = decode(*profile, bytes);
    if (!content) continue;
    shelf.files.push_back({profile, std::move(place), std::move(bytes), std::move(*content)});
    return;
  }
  shelf.unexplained = true;
}

std::size_t mostBytes(const std::vector<const StorageProfile*>& profiles) {
  std::size_t most = 0;
  for (const auto* one : profiles) most = std::max<std::size_t>(most, one->mostBytes);
  return most;
}

/// The file that the journal says is being written over in place.
const JournalFile* writtenOver(const View& view, const ForeignObject& object) {
  if (view.journal() == nullptr || view.committed) return nullptr;
  for (const auto& file : view.journal()->files)
    if (isAt(object, {file.application, file.label})) return &file;
  return nullptr;
}

Result<void> addForeign(ObjectStore& objects, const View& view, const ForeignObject& object, Shelf& shelf) {
  VendorPlace place{object.application, object.label};
  const auto profiles = profilesAt(objects, place);
  const auto* over = writtenOver(view, object);
  const auto most = profiles.empty() ? profile::headBytes : mostBytes(profiles) + 1;  // one more: too large is seen
  auto bytes = objects.look(object.handle, over != nullptr ? mostBlobBytes : most);
  // One that is being written over has to be known: nothing else says what is left of it.
  if (!bytes && over == nullptr && objects.answers()) bytes = std::optional<Bytes>{};
  if (!bytes) return passOn(bytes);
  if (over != nullptr && (!*bytes || over->before.empty() || !sameBytes(sha256(**bytes), over->before))) {
    shelf.torn.push_back({std::move(place), bytes->value_or(Bytes{}).size()});
  } else if (profiles.empty()) {
    shelf.unexplained = shelf.unexplained || profile::looksLikeSeal(object.label, bytes->value_or(Bytes{}));
  } else if (*bytes) {
    explain(shelf, profiles, std::move(place), std::move(**bytes));
  } else {
    shelf.files.push_back({profiles.front(), std::move(place), {}, {}, false});
  }
  return {};
}

/// What was to be written over and is not there at all.
void addMissing(const View& view, const std::vector<ForeignObject>& foreign, Shelf& shelf) {
  if (view.journal() == nullptr || view.committed) return;
  for (const auto& file : view.journal()->files) {
    VendorPlace place{file.application, file.label};
    const bool there = std::ranges::any_of(foreign, [&](const auto& object) { return isAt(object, place); });
    if (!there && !file.before.empty()) shelf.torn.push_back({std::move(place), 0});
  }
}

}  // namespace

Result<Shelf> readShelf(ObjectStore& objects, const View& view) {
  Shelf shelf;
  for (const auto& one : objects.profiles())
    if (one.mayWrite) shelf.named.push_back(&one);
  const auto foreign = objects.foreign();
  if (!foreign) return passOn(foreign);
  const auto coming = comingFiles(objects, view);
  if (!coming) return passOn(coming);
  for (const auto& file : *coming)
    if (!file.absent) explain(shelf, profilesAt(objects, file.place), file.place, file.content);
  for (const auto& object : *foreign) {
    const bool isComing =
        std::ranges::any_of(*coming, [&](const FileParcel& file) { return isAt(object, file.place); });
    if (isComing || parseLabel(object.label)) continue;
    if (auto done = addForeign(objects, view, object, shelf); !done) return passOn(done);
  }
  addMissing(view, *foreign, shelf);
  return shelf;
}

KeyLayout layoutOf(const Shelf& shelf) {
  KeyLayout layout;
  const auto refuse = [&](const char* reason) {
    layout.writable = false;
    layout.reason = reason;
  };
  const auto* chosen = shelf.chosen();
  if (chosen != nullptr) layout = {chosen->name, true, !keepsSeal(chosen->encoding), {}};
  if (std::ranges::any_of(shelf.files, [](const auto& file) { return !file.content.complete; })) refuse("incomplete");
  if (std::ranges::any_of(shelf.files, [&](const auto& file) { return file.profile != chosen; })) refuse("notNamed");
  if (chosen == nullptr && !shelf.torn.empty()) refuse("notNamed");
  if (chosen != nullptr && chosen->writeRight != FileRight::anyone && chosen->writeRight != FileRight::user)
    refuse("rights");
  if (shelf.unexplained) refuse("unexplained");
  if (shelf.named.size() > 1) refuse("ambiguous");
  return layout;
}

std::string nameOf(const VendorFile& file, std::size_t index) {
  auto name = file.profile->name + "/" + file.place.label;
  return index == 0 ? name : name + "#" + std::to_string(index + 1);
}

bool showsSeal(const Shelf& shelf, ByteView sha256) {
  return std::ranges::any_of(shelf.files, [&](const VendorFile& file) {
    return std::ranges::any_of(file.content.seals,
                               [&](const auto& seal) { return sameBytes(sealferry::sha256(seal.content()), sha256); });
  });
}

bool isAt(const ForeignObject& object, const VendorPlace& place) {
  const bool sameApplication = place.application.empty() || place.application == object.application;
  return sameApplication && place.label == object.label;
}

namespace {

/// More than one only where a driver lets two have one name.
Result<std::vector<Handle>> objectsAt(ObjectStore& objects, const VendorPlace& place) {
  const auto all = objects.foreign();
  if (!all) return passOn(all);
  std::vector<Handle> there;
  for (const auto& object : *all)
    if (isAt(object, place)) there.push_back(object.handle);
  return there;
}

Result<void> takeAway(ObjectStore& objects, const VendorPlace& place) {
  const auto there = objectsAt(objects, place);
  if (!there) return passOn(there);
  for (const auto handle : *there)
    if (auto done = objects.destroy(handle); !done) return done;
  return {};
}

}  // namespace

Result<std::optional<Bytes>> bytesAt(ObjectStore& objects, const VendorPlace& place, std::size_t most) {
  const auto there = objectsAt(objects, place);
  if (!there) return passOn(there);
  if (there->size() != 1) return std::nullopt;
  return objects.look(there->front(), most);
}

Result<bool> isDelivered(ObjectStore& objects, const FileParcel& file) {
  if (file.absent) {
    const auto there = objectsAt(objects, file.place);
    if (!there) return passOn(there);
    return there->empty();
  }
  const auto bytes = bytesAt(objects, file.place, file.content.size() + 1);
  if (!bytes) return passOn(bytes);
  return *bytes && sameBytes(**bytes, file.content);
}

Result<void> deliverFile(ObjectStore& objects, const FileParcel& file) {
  const auto before = isDelivered(objects, file);
  if (!before) return passOn(before);
  if (*before) return {};
  auto done = file.absent ? takeAway(objects, file.place) : objects.place(file.place, file.content);
  if (!done) return done;
  const auto after = isDelivered(objects, file);
  if (!after) return passOn(after);
  if (!*after) return fail(ErrorCode::write_failed, "deliverFile");
  return {};
}

Bytes placeId(const VendorPlace& place) {
  auto id = sha256(viewOf(place.application + '\0' + place.label));
  id.resize(16);
  return id;
}

}  // namespace sealferry::token::store
