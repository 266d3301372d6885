// SPDX-License-Identifier: Apache-2.0
#include "memory/memory_backend.h"

#include "base/digest.h"
#include "store/store.h"

namespace sealferry::token {
namespace {

constexpr const char* manufacturer = "SealFerry tests";

KeyInfo describe(const MemoryKey& key) {
  KeyInfo info;
  info.id = toHex(sha256(viewOf(manufacturer + key.serial)));
  info.serial = key.serial;
  info.label = key.label;
  info.manufacturer = manufacturer;
  info.model = "memory";
  info.kind = "memory";
  info.module = "memory";
  info.pin = key.pinState();
  if (key.memoryLimit && key.tellsFreeMemory) {
    info.totalBytes = key.memoryLimit;
    info.freeBytes = *key.memoryLimit - key.usedBytes();
  }
  return info;
}

bool isPresent(MemoryKey& key) {
  if (key.weather) key.weather(key);
  return key.present();
}

class MemorySession : public Session {
 public:
  explicit MemorySession(std::shared_ptr<MemoryKey> key)
      : key_(std::move(key)), plugged_(key_->plugged()), store_(*key_) {}

  Result<KeyInfo> info() override {
    if (auto there = present(); !there) return passOn(there);
    return describe(*key_);
  }
  Result<std::vector<CertificateObject>> certificates() override {
    if (auto there = present(); !there) return passOn(there);
    return store_.certificates();
  }
  Result<std::vector<KeyPair>> keyPairs() override {
    if (auto there = present(); !there) return passOn(there);
    return key_->keyPairs();
  }
  Result<std::vector<BlobInfo>> blobs() override {
    if (auto there = present(); !there) return passOn(there);
    return store_.blobs();
  }
  Result<Bytes> readBlob(std::string_view name) override {
    if (auto there = present(); !there) return passOn(there);
    return store_.readBlob(name);
  }
  Result<void> login(const Secret& pin) override {
    if (auto there = present(); !there) return there;
    if (key_->mustChangePin) return fail(ErrorCode::pin_must_change, "login");
    if (pin.empty()) return fail(ErrorCode::bad_request, "login");
    auto done = key_->login(pin.view());
    loggedIn_ = done.has_value();
    return done;
  }
  Result<void> logout() override {
    loggedIn_ = false;
    return {};
  }
  Result<void> changePin(const Secret& current, const Secret& next) override {
    if (auto there = present(); !there) return there;
    return key_->changePin(current.view(), next.view());
  }
  Result<std::optional<PinState>> unblocking() override {
    if (auto there = present(); !there) return passOn(there);
    return std::optional(key_->pukState());
  }
  Result<void> unblockPin(const Secret& puk, const Secret& next) override {
    if (auto there = present(); !there) return there;
    if (puk.empty() || next.empty()) return fail(ErrorCode::bad_request, "unblockPin");
    loggedIn_ = false;
    return key_->unblock(puk.view(), next.view());
  }
  Result<Bytes> sign(ByteView keyId, SignatureScheme scheme, ByteView digest) override {
    if (auto there = ready(); !there) return passOn(there);
    const auto* pair = key_->keyPair(keyId);
    if (pair == nullptr) return fail(ErrorCode::no_certificate, "sign");
    return pair->sign(scheme, digest);
  }
  Result<KeyPair> createKeyPair(const KeyPairRequest& request) override {
    if (auto there = ready(); !there) return passOn(there);
    if (request.algorithm == KeyAlgorithm::sm2) return fail(ErrorCode::mechanism_missing, "createKeyPair");
    auto made = request.algorithm == KeyAlgorithm::ecdsa ? soft::Key::makeP256() : soft::Key::makeRsa(request.bits);
    auto info = made.publicKeyInfo();
    const auto bits = made.bits();
    auto keyId = key_->addKeyPair(std::move(made));
    return KeyPair{std::move(keyId), KeyUse::signing, request.algorithm, bits, std::move(info)};
  }
  Result<ChangeState> changeState(const ChangeTarget& target) override {
    if (auto there = present(); !there) return passOn(there);
    return store_.state(target);
  }
  Result<std::optional<PendingChange>> pending() override {
    if (auto there = present(); !there) return passOn(there);
    return store_.pending();
  }
  Result<void> apply(const Change& change, const ProgressSink& progress) override {
    if (auto there = ready(); !there) return there;
    if (change.encryptionKey) return fail(ErrorCode::mechanism_missing, "apply");
    return store_.apply(change, progress);
  }

 private:
  Result<void> present() const {
    if (key_->weather) key_->weather(*key_);
    if (!key_->present() || key_->plugged() != plugged_) return fail(ErrorCode::key_removed, "present");
    return {};
  }
  Result<void> ready() const {
    if (auto there = present(); !there) return there;
    if (!loggedIn_) return fail(ErrorCode::internal, "not logged in");
    return {};
  }

  std::shared_ptr<MemoryKey> key_;
  unsigned plugged_;
  store::Store store_;
  bool loggedIn_ = false;
};

}  // namespace

Result<ModuleInfo> MemoryBackend::module() {
  return ModuleInfo{"memory", "memory", "keys in memory", "1", static_cast<unsigned>(keys_.size())};
}

Result<std::vector<KeyInfo>> MemoryBackend::keys() {
  std::vector<KeyInfo> found;
  for (const auto& key : keys_)
    if (isPresent(*key)) found.push_back(describe(*key));
  return found;
}

Result<std::unique_ptr<Session>> MemoryBackend::open(std::string_view serial) {
  for (const auto& key : keys_)
    if (isPresent(*key) && key->serial == serial) return std::make_unique<MemorySession>(key);
  return fail(ErrorCode::no_key, "open");
}

}  // namespace sealferry::token
