// SPDX-License-Identifier: Apache-2.0
#include "room.h"

#include <algorithm>

namespace sealferry::token::store {
namespace {

/// More than any manifest of ours takes.
constexpr std::uint64_t manifestBytes = 256;

std::uint64_t blobCost(std::uint64_t size, std::uint64_t parts, std::uint64_t overhead) {
  return size + manifestBytes + (parts + 1) * overhead;
}

/// The journal is there twice for a moment: prepared and committed.
std::uint64_t costOf(const ObjectStore& objects, const Plan& plan, Way way) {
  const std::uint64_t overhead = objects.objectOverhead();
  std::uint64_t cost = 2 * (encode(plan.journal).size() + overhead);
  for (const auto* blob : plan.writes)
    if (way == Way::beside || !isFileParcel(blob->name))
      cost += blobCost(blob->content.size(), blob->content.size() / objects.partSize() + 1, overhead);
  for (const auto& certificate : plan.certificates)
    if (certificate.bring) cost += certificate.der->size() + overhead;  // a parcel is counted above, its place here
  for (const auto& file : plan.files) {  // written over, or taken away before it is made anew
    const auto size = file.after.content.size();
    cost += size > file.takes ? size - file.takes + overhead : 0;
  }
  if (plan.envelope != nullptr) cost += plan.envelope->size() + overhead;
  return cost;
}

/// What destroying the replaced blobs gives back; counted low, without manifests.
std::uint64_t gainOf(const View& view, const Plan& plan) {
  std::uint64_t gain = 0;
  for (const auto& blob : view.complete)
    if (holds(plan.journal.replaced, blob.manifest.sequence)) gain += blob.manifest.size;
  return gain;
}

}  // namespace

bool mayBeInPlace(const Plan& plan) {
  return !plan.journal.replaced.empty() && std::ranges::none_of(plan.files, &FileStep::holdsMore);
}

Result<Way> findRoom(ObjectStore& objects, const Plan& plan, const View& view, bool allowInPlace) {
  const auto free = objects.freeBytes();
  if (!free) return passOn(free);
  if (!*free || **free >= costOf(objects, plan, Way::beside)) return Way::beside;
  const auto cost = costOf(objects, plan, Way::inPlace);
  const auto gain = gainOf(view, plan);
  const auto journal = 2 * (encode(plan.journal).size() + objects.objectOverhead());
  if (allowInPlace && mayBeInPlace(plan) && **free >= journal && **free + gain >= cost) return Way::inPlace;
  return fail(ErrorCode::no_room, "findRoom");
}

}  // namespace sealferry::token::store
