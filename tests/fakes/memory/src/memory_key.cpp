// SPDX-License-Identifier: Apache-2.0
#include "memory/memory_key.h"

#include <algorithm>

#include "base/digest.h"

namespace sealferry::token {

using store::Handle;
using store::RawCertificate;
using store::RawObject;

Bytes MemoryKey::addKeyPair(soft::Key key, KeyUse use) {
  auto keyId = sha256(key.publicKeyInfo());
  keyId.resize(8);
  pairs_.emplace(keyId, Pair{use, std::move(key)});
  return keyId;
}

void MemoryKey::plug() {
  present_ = true;
  ++plugged_;
}

void MemoryKey::set(const MemoryFaults& faults) {
  faults_ = faults;
  calls_ = 0;
}

namespace {

PinState stateOf(int triesLeft) {
  PinState state;
  state.countLow = triesLeft < 3;
  state.lastTry = triesLeft == 1;
  state.locked = triesLeft == 0;
  state.triesLeft = triesLeft;
  return state;
}

}  // namespace

PinState MemoryKey::pinState() const {
  auto state = stateOf(triesLeft_);
  state.mustChange = mustChangePin;
  return state;
}

PinState MemoryKey::pukState() const { return stateOf(pukTriesLeft_); }

Result<void> MemoryKey::login(ByteView tried) {
  if (auto there = enter("login"); !there) return there;
  if (triesLeft_ == 0) return fail(ErrorCode::pin_locked, "login");
  if (sameBytes(tried, viewOf(pin))) {
    triesLeft_ = 3;
    return {};
  }
  --triesLeft_;
  auto error = fail(triesLeft_ == 0 ? ErrorCode::pin_locked : ErrorCode::pin_incorrect, "login");
  error.value().triesLeft = triesLeft_;
  return error;
}

Result<void> MemoryKey::changePin(ByteView current, ByteView next) {
  if (next.size() < 4 || next.size() > 16) return fail(ErrorCode::pin_unusable, "changePin");
  if (auto right = login(current); !right) return right;
  pin = textOf(next);
  mustChangePin = false;
  return {};
}

Result<void> MemoryKey::unblock(ByteView tried, ByteView next) {
  if (next.size() < 4 || next.size() > 16) return fail(ErrorCode::pin_unusable, "unblock");
  if (auto there = enter("unblock"); !there) return there;
  if (pukTriesLeft_ > 0 && !sameBytes(tried, viewOf(puk))) {
    --pukTriesLeft_;
    auto error = fail(pukTriesLeft_ == 0 ? ErrorCode::puk_locked : ErrorCode::puk_incorrect, "unblock");
    error.value().triesLeft = pukTriesLeft_;
    return error;
  }
  if (pukTriesLeft_ == 0) return fail(ErrorCode::puk_locked, "unblock");
  pukTriesLeft_ = triesLeft_ = 3;
  pin = textOf(next);
  return leave("unblock");
}

const soft::Key* MemoryKey::keyPair(ByteView keyId) const {
  const auto found = pairs_.find(copyOf(keyId));
  return found == pairs_.end() ? nullptr : &found->second.key;
}

std::uint64_t MemoryKey::usedBytes() const {
  std::uint64_t used = 0;
  for (const auto& [handle, object] : objects_) used += object.content.size() + objectOverhead();
  for (const auto& [handle, certificate] : certificates_) used += certificate.der.size() + objectOverhead();
  return used;
}

std::size_t MemoryKey::objectCount() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(objects_, [](const auto& entry) { return !entry.second.torn; }));
}

bool MemoryKey::fits(std::size_t size) const {
  return !memoryLimit || usedBytes() + size + objectOverhead() <= *memoryLimit;
}

Result<void> MemoryKey::enter(const char* call) {
  ++calls_;
  if (calls_ == faults_.pullBefore) present_ = false;
  if (!present_) return fail(ErrorCode::key_removed, call);
  if (calls_ == faults_.failAt) return fail(faults_.failWith, call);
  return {};
}

Result<void> MemoryKey::leave(const char* call) {
  if (calls_ != faults_.pullAfter) return {};
  present_ = false;
  return fail(ErrorCode::key_removed, call);
}

Result<std::optional<std::uint64_t>> MemoryKey::freeBytes() {
  if (auto there = enter("freeBytes"); !there) return passOn(there);
  if (!memoryLimit || !tellsFreeMemory) return std::nullopt;
  return *memoryLimit - usedBytes();
}

Result<std::vector<RawObject>> MemoryKey::objects() {
  if (auto there = enter("objects"); !there) return passOn(there);
  std::vector<RawObject> found;
  for (const auto& [handle, object] : objects_) found.push_back({handle, object.label});
  return found;
}

Result<Bytes> MemoryKey::read(Handle object) {
  if (auto there = enter("read"); !there) return passOn(there);
  const auto found = objects_.find(object);
  if (found == objects_.end()) return fail(ErrorCode::internal, "read");
  if (found->second.torn) return fail(ErrorCode::seal_invalid, "read");
  return found->second.content;
}

Result<void> MemoryKey::create(const std::string& objectLabel, ByteView content) {
  if (auto there = enter("create"); !there) return there;
  if (content.size() > mostPartBytes) return fail(ErrorCode::internal, "create");
  if (!fits(content.size())) return fail(ErrorCode::no_room, "create");
  auto kept = copyOf(content);
  if (calls_ == faults_.mangleAt && !kept.empty()) kept[kept.size() / 2] ^= 1;
  objects_[next_++] = {objectLabel, std::move(kept)};
  return leave("create");
}

Result<void> MemoryKey::destroy(Handle object) {
  if (auto there = enter("destroy"); !there) return there;
  const auto found = objects_.find(object);
  if (found == objects_.end()) return fail(ErrorCode::internal, "destroy");
  if (calls_ == faults_.tearAt) {
    found->second = {found->second.label, {}, true};
    present_ = false;
    return fail(ErrorCode::key_removed, "destroy");
  }
  if (!found->second.torn) objects_.erase(found);
  return leave("destroy");
}

Result<std::vector<RawCertificate>> MemoryKey::certificates() {
  if (auto there = enter("certificates"); !there) return passOn(there);
  std::vector<RawCertificate> found;
  for (const auto& [handle, certificate] : certificates_) found.push_back(certificate);
  return found;
}

Result<void> MemoryKey::importCertificate(ByteView keyId, ByteView der) {
  if (auto there = enter("importCertificate"); !there) return there;
  if (!fits(der.size())) return fail(ErrorCode::no_room, "importCertificate");
  certificates_[next_] = {next_, copyOf(keyId), copyOf(der)};
  ++next_;
  return leave("importCertificate");
}

Result<void> MemoryKey::removeCertificate(Handle certificate) {
  if (auto there = enter("removeCertificate"); !there) return there;
  if (certificates_.erase(certificate) == 0) return fail(ErrorCode::internal, "removeCertificate");
  return leave("removeCertificate");
}

Result<std::vector<KeyPair>> MemoryKey::keyPairs() {
  if (auto there = enter("keyPairs"); !there) return passOn(there);
  std::vector<KeyPair> found;
  for (const auto& [keyId, pair] : pairs_)
    found.push_back({keyId, pair.use, pair.key.algorithm(), pair.key.bits(), pair.key.publicKeyInfo()});
  return found;
}

Result<std::vector<store::ForeignObject>> MemoryKey::foreign() {
  const auto all = objects();
  if (!all) return passOn(all);
  std::vector<store::ForeignObject> found;
  for (const auto& object : *all) found.push_back({object.handle, application, object.label});
  return found;
}

Result<void> MemoryKey::place(const store::VendorPlace& where, ByteView content) {
  if (auto there = enter("place"); !there) return there;
  const auto old = file(where.label).value_or(Bytes{});
  if (content.size() > old.size() && !fits(content.size() - old.size())) return fail(ErrorCode::no_room, "place");
  auto half = copyOf(content);
  for (std::size_t i = half.size() / 2; i < half.size(); ++i) half[i] = i < old.size() ? old[i] : 0;
  putFile(where.label, std::move(half));
  if (auto first = leave("place"); !first) return first;
  if (auto there = enter("place"); !there) return there;
  auto whole = copyOf(content);
  if (calls_ == faults_.mangleAt && !whole.empty()) whole[whole.size() / 2] ^= 1;
  putFile(where.label, std::move(whole));
  return leave("place");
}

void MemoryKey::putFile(const std::string& name, Bytes content) {
  for (auto& [handle, object] : objects_)
    if (object.label == name) return void(object.content = std::move(content));
  objects_[next_++] = {name, std::move(content)};
}

std::optional<Bytes> MemoryKey::file(const std::string& name) const {
  for (const auto& [handle, object] : objects_)
    if (object.label == name && !object.torn) return object.content;
  return std::nullopt;
}

}  // namespace sealferry::token
