// SPDX-License-Identifier: Apache-2.0
#include "same_stick.h"

#include <algorithm>
#include <optional>

namespace sealferry::operation {
namespace {

using Twins = KeyRing::Twins;

/// The signing certificates a key shows; nothing if it cannot be read, as when it has just been pulled.
std::optional<std::vector<Bytes>> signingCertificates(const KeyRing::Found& key) {
  const auto session = key.backend->open(key.info.serial);
  if (!session) return std::nullopt;
  const auto certificates = (*session)->certificates();
  if (!certificates) return std::nullopt;
  std::vector<Bytes> signing;
  for (const auto& one : *certificates)
    if (one.use == token::KeyUse::signing) signing.push_back(one.der);
  return signing;
}

bool shareOne(const std::vector<Bytes>& some, const std::vector<Bytes>& others) {
  return std::ranges::any_of(some, [&](const Bytes& one) { return std::ranges::find(others, one) != others.end(); });
}

auto twinsOf(std::vector<Twins>& twins, const std::string& one, const std::string& other) {
  return std::ranges::find_if(twins, [&](const Twins& pair) {
    return (pair.used == one && pair.other == other) || (pair.used == other && pair.other == one);
  });
}

/// Two drivers may make different ids of one stick, but not different certificates.
bool isSameStick(const KeyRing::Found& one, const KeyRing::Found& other, std::vector<Twins>& twins) {
  if (one.backend == other.backend) return false;
  if (one.info.id == other.info.id && !one.info.serial.empty()) return true;  // else it names the maker alone
  const auto some = signingCertificates(one), others = signingCertificates(other);
  if (some && others) return shareOne(*some, *others);
  return twinsOf(twins, one.info.id, other.info.id) != twins.end();
}

/// Whether any seal can be read through this driver: each has its own place for them on the stick. Nothing if it cannot
/// be read.
std::optional<bool> showsSeals(const KeyRing::Found& key) {
  const auto session = key.backend->open(key.info.serial);
  const auto blobs = session ? (*session)->blobs() : passOn(session);
  if (!blobs) return std::nullopt;
  return !blobs->empty();
}

/// The further driver is used instead if it alone shows seals; of a stick that cannot be read, the one used before.
bool isUsedInstead(const KeyRing::Found& known, const KeyRing::Found& key, std::vector<Twins>& twins) {
  const auto first = showsSeals(known), further = showsSeals(key);
  if (first && further) return !*first && *further;
  const auto before = twinsOf(twins, known.info.id, key.info.id);
  return before != twins.end() && before->used == key.info.id;
}

void join(KeyRing::Found& known, KeyRing::Found key, std::vector<Twins>& twins) {
  if (isUsedInstead(known, key, twins)) {
    std::swap(known.info, key.info);
    std::swap(known.backend, key.backend);
    std::swap(known.driver, key.driver);
  }
  const auto before = twinsOf(twins, known.info.id, key.info.id);
  if (before == twins.end())
    twins.push_back({known.info.id, key.info.id});
  else
    *before = {known.info.id, key.info.id};
  known.also.push_back({std::move(key.info), key.backend, std::move(key.driver)});
}

}  // namespace

void addOrMerge(std::vector<KeyRing::Found>& all, KeyRing::Found key, std::vector<Twins>& twins) {
  const auto known = std::ranges::find_if(all, [&](const auto& one) { return isSameStick(one, key, twins); });
  if (known == all.end())
    all.push_back(std::move(key));
  else
    join(*known, std::move(key), twins);
}

}  // namespace sealferry::operation
