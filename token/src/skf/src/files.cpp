// SPDX-License-Identifier: Apache-2.0
#include "files.h"

#include <algorithm>

#include "container.h"
#include "der.h"
#include "input.h"
#include "skf_layout/envelope.h"

namespace sealferry::token::skf {
namespace {

/// GM/T 0016-2012 §6.4.9.
std::uint64_t numberOf(FileRight right) {
  switch (right) {
    case FileRight::anyone:
      return 0xFF;
    case FileRight::user:
      return 0x10;
    case FileRight::administrator:
      return 0x01;
    case FileRight::nobody:
      break;
  }
  return 0;
}

constexpr std::size_t mostObjectBytes = 64U << 10;
/// What goes over in one call: libraries pass it on to the key in short commands, and some take no more.
constexpr std::size_t transferBytes = 4096;

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
  auto found = content(*name, mostObjectBytes + 1);
  if (found && found->size() > mostObjectBytes) return fail(ErrorCode::internal, "file too large");
  if (!found && isUnreadable(found.error()) && answers()) found.error().code = ErrorCode::seal_invalid;
  return found;
}

Result<std::uint64_t> Files::sizeOf(const std::string& name) const {
  Bytes facts(sealferry::skf::fileAttributesBuffer);
  auto asked = device_.inApplication("SKF_GetFileInfo", in(name), static_cast<void*>(facts.data()));
  if (!asked) return passOn(asked);
  const auto attributes = sealferry::skf::decodeFileAttributes(device_.library().layout(), facts);
  if (!attributes) return fail(ErrorCode::internal, "SKF_GetFileInfo");
  return attributes->size;
}

/// At most so many bytes of it.
Result<Bytes> Files::content(const std::string& name, std::size_t most) const {
  const auto size = sizeOf(name);
  if (!size) return passOn(size);
  Bytes found(static_cast<std::size_t>(std::min<std::uint64_t>(*size, most)));
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

Result<void> Files::make(const std::string& name, std::size_t size, FileRight read, FileRight write) const {
  return device_.inApplication("SKF_CreateFile", in(name), Number{size}, Number{numberOf(read)},
                               Number{numberOf(write)});
}

Result<void> Files::fill(const std::string& name, ByteView content) const {
  for (std::size_t at = 0; at < content.size(); at += transferBytes) {
    const auto bytes = content.subspan(at, std::min(transferBytes, content.size() - at));
    auto done = device_.inApplication("SKF_WriteFile", in(name), Number{at}, in(bytes), Number{bytes.size()});
    if (!done) return done;
  }
  return {};
}

Result<void> Files::create(const std::string& label, ByteView content) {
  if (auto made = make(label, content.size(), FileRight::anyone, FileRight::user); !made) return made;
  return fill(label, content);
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
    if (!container && answers()) continue;  // one that does not open hides no other
    if (!container) return passOn(container);
    for (const auto place : {KeyUse::signing, KeyUse::encryption}) {
      auto der = (*container)->certificate(place);
      if (!der && answers()) continue;  // nor does a place; libraries have many words for an empty one
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
    if (!container && answers()) continue;  // one that does not open hides no other
    if (!container) return passOn(container);
    for (const auto place : {KeyUse::signing, KeyUse::encryption}) {
      auto pair = (*container)->keyPair(place);
      if (!pair && answers()) continue;
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

Result<Bytes> Files::encryptionKey(ByteView keyId, bool isKnown) {
  const auto container = Container::open(device_, textOf(keyId));
  if (!container) return passOn(container);
  auto pair = (*container)->keyPair(KeyUse::encryption);
  if (!pair && !isKnown && (*container)->seemsWithoutEncryptionKey() && answers()) return Bytes{};
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

/// All files; the store knows its own by their names.
Result<std::vector<store::ForeignObject>> Files::foreign() {
  const auto all = objects();
  if (!all) return passOn(all);
  std::vector<store::ForeignObject> found;
  for (const auto& object : *all)
    found.push_back({object.handle, device_.applicationName(), device_.library().nameOf(object.label)});
  return found;
}

Result<std::optional<Bytes>> Files::look(store::Handle object, std::size_t most) {
  const auto name = nameOf(object);
  if (!name) return passOn(name);
  auto found = content(*name, most);
  if (found) return std::move(*found);
  const bool withheld = isUnreadable(found.error()) || needsLogin(found.error());
  if (withheld && answers()) return std::nullopt;
  return passOn(found);
}

/// A file that has the size already is written over, which keeps the rights its vendor gave it.
Result<void> Files::place(const store::VendorPlace& where, ByteView content) {
  const auto name = device_.library().nativeName(where.label);
  const auto size = sizeOf(name);
  if (!size && !isAbsent(size.error())) return passOn(size);
  if (size && *size == content.size()) return fill(name, content);
  if (size)
    if (auto gone = device_.inApplication("SKF_DeleteFile", in(name)); !gone) return gone;
  if (auto made = make(name, content.size(), where.readRight, where.writeRight); !made) return made;
  return fill(name, content);
}

}  // namespace sealferry::token::skf
