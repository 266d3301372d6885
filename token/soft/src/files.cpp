// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "crypt.h"
#include "records.h"

namespace sealferry::softkey {
namespace {

constexpr std::uint64_t mostFileBytes = 256U << 10;

bool isSecret(const FileFacts& facts) { return facts.readRights != rightAnyone; }

Outcome<Bytes> openContent(const FileRecord& record, const Secret* secrets) {
  if (!isSecret(record.facts)) return record.content;
  if (secrets == nullptr) return refuse(Status::notLoggedIn);
  auto plain = unseal(secrets->view(), viewOf(record.facts.name), record.content);
  if (!plain) return refuse(Status::notLoggedIn);
  return std::move(*plain);
}

Outcome<Bytes> sealContent(const FileFacts& facts, Bytes plain, const Secret* secrets) {
  if (!isSecret(facts)) return plain;
  if (secrets == nullptr) return refuse(Status::notLoggedIn);
  return seal(secrets->view(), viewOf(facts.name), plain);
}

}  // namespace

Outcome<std::vector<std::string>> Device::files(const std::string& application) const {
  std::vector<std::string> names;
  for (const auto& name : vault_->list(filePrefix(application))) {
    const auto record = readFileRecord(*vault_, name);
    if (!record) return refuse(record.error());
    names.push_back(record->facts.name);
  }
  return names;
}

Outcome<FileFacts> Device::fileFacts(const std::string& application, const std::string& name) const {
  auto record = readFileRecord(*vault_, fileName(application, name));
  if (!record) return refuse(record.error());
  return record->facts;
}

/// A file has its size from the beginning, and is zeroes until it is written (GM/T 0016-2012 §7.4.2). One that is
/// secret holds nothing until then.
Outcome<void> Device::createFile(const std::string& application, const FileFacts& facts) const {
  const VaultLock lock(folder());
  if (facts.name.empty() || facts.name.size() > mostFileNameBytes) return refuse(Status::nameLength);
  const auto name = fileName(application, facts.name);
  if (vault_->has(name)) return refuse(Status::fileExists);
  if (facts.size > mostFileBytes) return refuse(Status::noRoom);
  FileRecord record{facts, {}};
  if (!isSecret(facts)) record.content.resize(static_cast<std::size_t>(facts.size));
  constexpr std::uint64_t overhead = 96;
  if (auto room = checkRoom(*vault_, facts.size + overhead); !room) return room;
  return vault_->put(name, encode(record));
}

Outcome<void> Device::deleteFile(const std::string& application, const std::string& name) const {
  const VaultLock lock(folder());
  return vault_->erase(fileName(application, name));
}

Outcome<Bytes> Device::readFile(const std::string& application, const std::string& name, const Secret* secrets) const {
  const auto record = readFileRecord(*vault_, fileName(application, name));
  if (!record) return refuse(record.error());
  if (record->content.empty()) return Bytes(static_cast<std::size_t>(record->facts.size));
  return openContent(*record, secrets);
}

Outcome<void> Device::writeFile(const std::string& application, const std::string& name, std::size_t offset,
                                ByteView content, const Secret* secrets) const {
  const VaultLock lock(folder());
  auto record = readFileRecord(*vault_, fileName(application, name));
  if (!record) return refuse(record.error());
  const auto size = static_cast<std::size_t>(record->facts.size);
  if (offset > size || content.size() > size - offset) return refuse(Status::inputLength);
  auto plain = record->content.empty() ? Bytes(size) : openContent(*record, secrets).value_or(Bytes{});
  if (plain.size() != size) return refuse(Status::notLoggedIn);
  std::ranges::copy(content, plain.begin() + static_cast<std::ptrdiff_t>(offset));
  auto closed = sealContent(record->facts, std::move(plain), secrets);
  if (!closed) return refuse(closed.error());
  record->content = std::move(*closed);
  return vault_->put(fileName(application, name), encode(*record));
}

}  // namespace sealferry::softkey
