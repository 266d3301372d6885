// SPDX-License-Identifier: Apache-2.0
#include "same_stick.h"

#include <algorithm>

namespace sealferry::operation {
namespace {

/// The signing certificates a key shows; none if it cannot be read.
std::vector<Bytes> signingCertificates(const KeyRing::Found& key) {
  const auto session = key.backend->open(key.info.serial);
  if (!session) return {};
  const auto certificates = (*session)->certificates();
  if (!certificates) return {};
  std::vector<Bytes> signing;
  for (const auto& one : *certificates)
    if (one.use == token::KeyUse::signing) signing.push_back(one.der);
  return signing;
}

bool shareOne(const std::vector<Bytes>& some, const std::vector<Bytes>& others) {
  return std::ranges::any_of(some, [&](const Bytes& one) { return std::ranges::find(others, one) != others.end(); });
}

/// Two drivers may make different ids of one stick, but not different certificates.
bool isSameStick(const KeyRing::Found& one, const KeyRing::Found& other) {
  if (one.backend == other.backend) return false;
  return one.info.id == other.info.id || shareOne(signingCertificates(one), signingCertificates(other));
}

/// Whether any seal can be read through this driver: each has its own place for them on the stick.
bool showsSeals(const KeyRing::Found& key) {
  const auto session = key.backend->open(key.info.serial);
  const auto blobs = session ? (*session)->blobs() : Result<std::vector<token::BlobInfo>>{};
  return blobs && !blobs->empty();
}

void join(KeyRing::Found& known, KeyRing::Found key) {
  if (!showsSeals(known) && showsSeals(key)) {
    std::swap(known.info, key.info);
    std::swap(known.backend, key.backend);
    std::swap(known.driver, key.driver);
  }
  known.also.push_back({std::move(key.info), key.backend, std::move(key.driver)});
}

}  // namespace

void addOrMerge(std::vector<KeyRing::Found>& all, KeyRing::Found key) {
  const auto known = std::ranges::find_if(all, [&](const auto& one) { return isSameStick(one, key); });
  if (known == all.end())
    all.push_back(std::move(key));
  else
    join(*known, std::move(key));
}

}  // namespace sealferry::operation
