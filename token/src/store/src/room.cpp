// SPDX-License-Identifier: Apache-2.0
#include "room.h"

namespace sealferry::token::store {
namespace {

/// More than any manifest of ours takes.
constexpr std::uint64_t manifestBytes = 256;

std::uint64_t blobCost(std::uint64_t size, std::uint64_t parts, std::uint64_t overhead) {
  return size + manifestBytes + (parts + 1) * overhead;
}

/// The journal is there twice for a moment: prepared and committed.
std::uint64_t costOf(const ObjectStore& objects, const Plan& plan) {
  const std::uint64_t overhead = objects.objectOverhead();
  std::uint64_t cost = 2 * (encode(plan.journal).size() + overhead);
  for (const auto* blob : plan.writes)
    cost += blobCost(blob->content.size(), blob->content.size() / objects.partSize() + 1, overhead);
  for (const auto& certificate : plan.certificates)
    if (certificate.bring) cost += certificate.der->size() + overhead;  // a parcel is counted above, its place here
  for (const auto& file : plan.files)  // written over, or taken away before it is made anew
    cost += file.after > file.before ? file.after - file.before + overhead : 0;
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

Result<Way> findRoom(ObjectStore& objects, const Plan& plan, const View& view, bool allowInPlace) {
  const auto free = objects.freeBytes();
  if (!free) return passOn(free);
  const auto cost = costOf(objects, plan);
  if (!*free || **free >= cost) return Way::beside;
  const auto gain = gainOf(view, plan);
  const auto journal = 2 * (encode(plan.journal).size() + objects.objectOverhead());
  if (allowInPlace && gain > 0 && **free >= journal && **free + gain >= cost) return Way::inPlace;
  return fail(ErrorCode::no_room, "findRoom");
}

}  // namespace sealferry::token::store
