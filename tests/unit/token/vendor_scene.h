// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>

#include "../token_profile/samples.h"
#include "memory/memory_key.h"
#include "profile/match.h"
#include "store/store.h"

namespace sealferry::token {

using namespace profile;

/// A key whose seals lie where a vendor's tools look for them, and an order that renews the one there is.
class VendorScene {
 public:
  explicit VendorScene(SealEncoding encoding, std::uint32_t fixedBytes = 0) {
    form = {.name = "vendor", .mayWrite = true, .place = "SEAL{n}", .count = 3, .encoding = encoding};
    form.fixedBytes = fixedBytes;
    if (holdsSeveral(encoding)) form.place = "seals.xml";
    key.knownProfiles = {form};
    first = blob("seal", 1);
    second = blob("seal", 2);
    other = blob("other", 3);
    (void)store().apply({.order = "first", .put = {first, other}}, {});
  }

  static Blob blob(const std::string& name, std::uint8_t with) { return sampleBlob(name, with); }

  store::Store store() { return store::Store(key); }
  Change renewal() const { return {.order = "renewal", .put = {second}, .replaces = {sha256(first.content)}}; }
  Result<void> renew() { return store().apply(renewal(), {}); }

  /// What the key shows: "old" or "new" if it is just that and the other seal, in our words and the vendor's.
  std::string shown() {
    const auto set = digests();
    for (const auto& [name, blob] : {std::pair{"old", &first}, std::pair{"new", &second}})
      if (set == expected(*blob)) return name;
    return "another set of " + std::to_string(set.size());
  }

  /// What a vendor's tool sees, once everything is delivered.
  std::vector<Bytes> vendorSees() const {
    std::vector<Bytes> found;
    for (const auto& place : placesOf(form)) {
      const auto file = key.file(place);
      const auto content = file ? decode(form, *file) : std::optional(VendorContent{});
      if (!content) return {Bytes{}};
      for (const auto& seal : content->seals) found.push_back(seal.content());
    }
    std::ranges::sort(found);
    return found;
  }
  std::vector<Bytes> vendorShouldSee(const Blob& seal) const {
    std::vector<Bytes> all;
    for (const auto* one : {&seal, &other}) all.push_back(keepsSeal(form.encoding) ? one->content : one->face->picture);
    std::ranges::sort(all);
    return all;
  }

  MemoryKey key;
  StorageProfile form;
  Blob first, second, other;

 private:
  std::vector<Bytes> digests() {
    std::vector<Bytes> set;
    const auto blobs = store().blobs();
    if (!blobs) return {};
    for (const auto& info : *blobs) {
      const auto content = store().readBlob(info.name);
      if (!content || sha256(*content) != info.sha256) return {};
      set.push_back(info.sha256);
    }
    std::ranges::sort(set);
    return set;
  }
  std::vector<Bytes> expected(const Blob& seal) const {
    std::vector<Bytes> set;
    for (const auto* one : {&seal, &other}) {
      set.push_back(sha256(one->content));
      if (!keepsSeal(form.encoding)) set.push_back(sha256(one->face->picture));
    }
    std::ranges::sort(set);
    return set;
  }
};

}  // namespace sealferry::token
