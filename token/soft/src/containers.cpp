// SPDX-License-Identifier: Apache-2.0
#include "crypt.h"
#include "records.h"
#include "softkey/private_key.h"

namespace sealferry::softkey {
namespace {

constexpr std::size_t mostContainers = 32, mostCertificate = 8192;

std::size_t at(Use use) { return static_cast<std::size_t>(use); }

/// Reads a container, changes it, and puts it back as one record.
template <class Change>
Outcome<void> changeContainer(const Vault& vault, const std::string& name, Change change) {
  auto record = readContainer(vault, name);
  if (!record) return refuse(record.error());
  const auto before = encode(*record).size();
  if (auto done = change(*record); !done) return done;
  const auto after = encode(*record);
  if (after.size() > before)
    if (auto room = checkRoom(vault, after.size() - before); !room) return room;
  return vault.put(name, after);
}

Outcome<PrivateKey> privateKey(const ContainerRecord& record, Use use, const Secret& secrets) {
  const auto& pair = record.pairs[at(use)];
  if (pair.publicKey.empty()) return refuse(Status::keyNotFound);
  auto plain = unseal(secrets.view(), pair.publicKey, pair.privateKey);
  if (!plain) return refuse(Status::notLoggedIn);
  auto key = PrivateKey::fromDer(*plain);
  wipe(plain->data(), plain->size());
  if (!key) return refuse(Status::fail);
  return std::move(*key);
}

/// The certificate of the pair that was there goes with it.
void setPair(PairRecord& pair, const PrivateKey& key, const Secret& secrets) {
  pair = {key.publicKeyInfo(), {}, {}};
  auto plain = key.toDer();
  pair.privateKey = seal(secrets.view(), pair.publicKey, plain);
  wipe(plain.data(), plain.size());
}

}  // namespace

Outcome<std::vector<std::string>> Device::containers(const std::string& application) const {
  std::vector<std::string> names;
  for (const auto& name : vault_->list(containerPrefix(application))) {
    const auto record = readContainer(*vault_, name);
    if (!record) return refuse(record.error());
    names.push_back(record->name);
  }
  return names;
}

bool Device::hasContainer(const std::string& application, const std::string& name) const {
  return vault_->has(containerName(application, name));
}

Outcome<void> Device::createContainer(const std::string& application, const std::string& name) const {
  const VaultLock lock(folder());
  if (name.empty() || name.size() > mostNameBytes) return refuse(Status::nameLength);
  if (hasContainer(application, name)) return refuse(Status::fileExists);
  if (vault_->list(containerPrefix(application)).size() >= mostContainers) return refuse(Status::tooManyContainers);
  const auto content = encode(ContainerRecord{name, {}});
  if (auto room = checkRoom(*vault_, content.size()); !room) return room;
  return vault_->put(containerName(application, name), content);
}

Outcome<void> Device::deleteContainer(const std::string& application, const std::string& name) const {
  const VaultLock lock(folder());
  if (!hasContainer(application, name)) return refuse(Status::containerMissing);
  return vault_->erase(containerName(application, name));
}

Outcome<Bytes> Device::publicKey(const std::string& application, const std::string& container, Use use) const {
  auto record = readContainer(*vault_, containerName(application, container));
  if (!record) return refuse(record.error());
  auto& key = record->pairs[at(use)].publicKey;
  if (key.empty()) return refuse(Status::keyNotFound);
  return std::move(key);
}

Outcome<Bytes> Device::certificate(const std::string& application, const std::string& container, Use use) const {
  auto record = readContainer(*vault_, containerName(application, container));
  if (!record) return refuse(record.error());
  auto& der = record->pairs[at(use)].certificate;
  if (der.empty()) return refuse(Status::certificateNotFound);
  return std::move(der);
}

Outcome<void> Device::setCertificate(const std::string& application, const std::string& container, Use use,
                                     ByteView der) const {
  const VaultLock lock(folder());
  if (der.empty() || der.size() > mostCertificate) return refuse(Status::inputLength);
  return changeContainer(*vault_, containerName(application, container), [&](ContainerRecord& record) -> Outcome<void> {
    record.pairs[at(use)].certificate = copyOf(der);
    return {};
  });
}

Outcome<void> Device::makeSm2(const std::string& application, const std::string& container,
                              const Secret& secrets) const {
  const VaultLock lock(folder());
  return changeContainer(*vault_, containerName(application, container), [&](ContainerRecord& record) -> Outcome<void> {
    const auto key = PrivateKey::makeSm2();
    if (!key) return refuse(Status::fail);
    setPair(record.pairs[at(Use::signing)], *key, secrets);
    return {};
  });
}

Outcome<void> Device::makeRsa(const std::string& application, const std::string& container, unsigned bits,
                              const Secret& secrets) const {
  if (bits != 2048) return refuse(Status::invalidParameter);
  const auto key = PrivateKey::makeRsa(bits);
  if (!key) return refuse(Status::fail);
  const VaultLock lock(folder());
  return changeContainer(*vault_, containerName(application, container), [&](ContainerRecord& record) -> Outcome<void> {
    setPair(record.pairs[at(Use::signing)], *key, secrets);
    return {};
  });
}

Outcome<void> Device::putKeyPair(const std::string& application, const std::string& container, Use use, ByteView pkcs8,
                                 const Secret& secrets) const {
  const VaultLock lock(folder());
  return changeContainer(*vault_, containerName(application, container), [&](ContainerRecord& record) -> Outcome<void> {
    const auto key = PrivateKey::fromDer(pkcs8);
    if (!key) return refuse(Status::inputData);
    setPair(record.pairs[at(use)], *key, secrets);
    return {};
  });
}

/// The certificate stays: which one belongs to the key is the caller's business, as with hardware.
Outcome<void> Device::importEncryptionKey(const std::string& application, const std::string& container,
                                          const skf::EnvelopedKey& envelope, const Secret& secrets) const {
  const VaultLock lock(folder());
  return changeContainer(*vault_, containerName(application, container), [&](ContainerRecord& record) -> Outcome<void> {
    const auto signing = privateKey(record, Use::signing, secrets);
    if (!signing) return refuse(signing.error());
    const auto key = openEnvelope(*signing, envelope);
    if (!key) return refuse(key.error());
    auto& pair = record.pairs[at(Use::encryption)];
    auto certificate = std::move(pair.certificate);
    setPair(pair, *key, secrets);
    pair.certificate = std::move(certificate);
    return {};
  });
}

Outcome<Bytes> Device::signSm2(const std::string& application, const std::string& container, ByteView digest,
                               const Secret& secrets) const {
  const auto record = readContainer(*vault_, containerName(application, container));
  if (!record) return refuse(record.error());
  const auto key = privateKey(*record, Use::signing, secrets);
  if (!key) return refuse(key.error());
  return key->signSm2(digest);
}

Outcome<Bytes> Device::signRsa(const std::string& application, const std::string& container, ByteView data,
                               const Secret& secrets) const {
  const auto record = readContainer(*vault_, containerName(application, container));
  if (!record) return refuse(record.error());
  const auto key = privateKey(*record, Use::signing, secrets);
  if (!key) return refuse(key.error());
  return key->signRsa(data);
}

}  // namespace sealferry::softkey
