// SPDX-License-Identifier: Apache-2.0
#include "files.h"

#include <algorithm>

#include "container.h"
#include "der.h"
#include "skf_layout/envelope.h"

namespace sealferry::token::skf {
namespace {

constexpr std::uint64_t rightUser = 0x10, rightAnyone = 0xFF;
constexpr std::size_t mostObjectBytes = 64U << 10;
/// What goes over in one call: libraries pass it on to the key in short commands, and some take no more.
constexpr std::size_t transferBytes = 4096;

char* in(const std::string& text) { return const_cast<char*>(text.c_str()); }
unsigned char* in(ByteView bytes) { return const_cast<unsigned char*>(bytes.data()); }

}  // namespace

/// A name keeps its handle, so that one listing does not make the handles of another stale.
store::Handle Files::handleOf(const std::string& name) {
  const auto [found, fresh] = handles_.emplace(name, handles_.size() + 1);
  if (fresh) names_[found->second] = name;
  return found->second;
}

Result<std::string> Files::nameOf(store::Handle object) const {
  const auto found = names_.find(object);
  if (found == names_.end()) return fail(ErrorCode::internal, "file handle");
  return found->second;
}

Result<std::optional<std::uint64_t>> Files::freeBytes() {
  const auto info = device_.info();
  if (!info) return passOn(info);
  if (info->totalBytes == 0) return std::nullopt;
  return info->freeBytes;
}

Result<std::vector<store::RawObject>> Files::objects() {
  const auto names = device_.names("SKF_EnumFiles");
  if (!names) return passOn(names);
  std::vector<store::RawObject> objects;
  for (const auto& name : *names) objects.push_back({handleOf(name), name});
  return objects;
}

/// A broken file of a key that is there hides no other.
Result<Bytes> Files::read(store::Handle object) {
  const auto name = nameOf(object);
  if (!name) return passOn(name);
  auto found = content(*name);
  if (!found && isUnreadable(found.error()) && device_.info()) found.error().code = ErrorCode::seal_invalid;
  return found;
}

Result<Bytes> Files::content(const std::string& name) const {
  Bytes facts(sealferry::skf::fileAttributesBuffer);
  auto asked = device_.inApplication("SKF_GetFileInfo", in(name), static_cast<void*>(facts.data()));
  if (!asked) return passOn(asked);
  const auto attributes = sealferry::skf::decodeFileAttributes(device_.library().layout(), facts);
  if (!attributes || attributes->size > mostObjectBytes) return fail(ErrorCode::internal, "SKF_GetFileInfo");
  Bytes found(static_cast<std::size_t>(attributes->size));
  for (std::size_t at = 0; at < found.size();) {
    const auto wanted = std::min(transferBytes, found.size() - at);
    auto got = device_.library().number(wanted);
    auto done = device_.inApplication("SKF_ReadFile", in(name), Number{at}, Number{wanted}, found.data() + at, &got);
    if (!done) return passOn(done);
    if (got.value() == 0 || got.value() > wanted) return fail(ErrorCode::internal, "SKF_ReadFile");
    at += static_cast<std::size_t>(got.value());
  }
  return found;
}

Result<void> Files::create(const std::string& label, ByteView content) {
  auto made = device_.inApplication("SKF_CreateFile", in(label), Number{content.size()}, Number{rightAnyone},
                                    Number{rightUser});
  if (!made) return made;
  for (std::size_t at = 0; at < content.size(); at += transferBytes) {
    const auto bytes = content.subspan(at, std::min(transferBytes, content.size() - at));
    auto done = device_.inApplication("SKF_WriteFile", in(label), Number{at}, in(bytes), Number{bytes.size()});
    if (!done) return done;
  }
  return {};
}

Result<void> Files::destroy(store::Handle object) {
  const auto name = nameOf(object);
  if (!name) return passOn(name);
  auto done = device_.inApplication("SKF_DeleteFile", in(*name));
  if (!done && isAbsent(done.error())) return {};
  return done;
}

Result<std::vector<store::RawCertificate>> Files::certificates() {
  const auto names = device_.names("SKF_EnumContainer");
  if (!names) return passOn(names);
  std::vector<store::RawCertificate> found;
  for (const auto& name : *names) {
    const auto container = Container::open(device_, name);
    if (!container) return passOn(container);
    for (const auto place : {KeyUse::signing, KeyUse::encryption}) {
      auto der = (*container)->certificate(place);
      if (!der) return passOn(der);
      if (!der->empty()) found.push_back({found.size(), copyOf(viewOf(name)), std::move(*der), place});
    }
  }
  return found;
}

/// Never asked for: a store that overwrites is given installCertificate, and has nothing beside to remove.
Result<void> Files::importCertificate(ByteView, ByteView) { return fail(ErrorCode::internal, "importCertificate"); }
Result<void> Files::removeCertificate(store::Handle) { return {}; }

Result<std::vector<KeyPair>> Files::keyPairs() {
  const auto names = device_.names("SKF_EnumContainer");
  if (!names) return passOn(names);
  std::vector<KeyPair> pairs;
  for (const auto& name : *names) {
    const auto container = Container::open(device_, name);
    if (!container) return passOn(container);
    for (const auto place : {KeyUse::signing, KeyUse::encryption}) {
      auto pair = (*container)->keyPair(place);
      if (!pair) return passOn(pair);
      if (*pair) pairs.push_back(std::move(**pair));
    }
  }
  return pairs;
}

Result<void> Files::installCertificate(ByteView keyId, KeyUse place, ByteView der) {
  const auto container = Container::open(device_, textOf(keyId));
  if (!container) return passOn(container);
  return (*container)->importCertificate(place, der);
}

Result<Bytes> Files::envelopedKey(ByteView envelope) {
  const auto parsed = sealferry::skf::parseEnvelope(envelope);
  if (!parsed) return fail(ErrorCode::mechanism_missing, "envelope");
  return publicKeyInfo(parsed->publicKey);
}

Result<Bytes> Files::encryptionKey(ByteView keyId) {
  const auto container = Container::open(device_, textOf(keyId));
  if (!container) return passOn(container);
  auto pair = (*container)->keyPair(KeyUse::encryption);
  if (!pair) return passOn(pair);
  return *pair ? std::move((*pair)->publicKeyInfo) : Bytes{};
}

Result<void> Files::installEncryptionKey(ByteView keyId, ByteView envelope) {
  const auto parsed = sealferry::skf::parseEnvelope(envelope);
  if (!parsed) return fail(ErrorCode::mechanism_missing, "envelope");
  const auto container = Container::open(device_, textOf(keyId));
  if (!container) return passOn(container);
  return (*container)->importKey(sealferry::skf::encode(device_.library().layout(), *parsed));
}

}  // namespace sealferry::token::skf
