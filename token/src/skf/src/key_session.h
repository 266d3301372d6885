// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "slot.h"
#include "store/store.h"
#include "token/backend.h"

namespace sealferry::token::skf {

class KeySession : public Session {
 public:
  explicit KeySession(std::shared_ptr<Slot> slot) : slot_(std::move(slot)), store_(slot_->objects()) {}
  ~KeySession() override;

  Result<KeyInfo> info() override;
  Result<std::vector<CertificateObject>> certificates() override;
  Result<std::vector<KeyPair>> keyPairs() override;
  Result<std::vector<BlobInfo>> blobs() override;
  Result<Bytes> readBlob(std::string_view name) override;
  Result<void> login(const Secret& pin) override;
  Result<void> logout() override;
  Result<void> changePin(const Secret& current, const Secret& next) override;
  Result<Bytes> sign(ByteView keyId, SignatureScheme scheme, ByteView digest) override;
  Result<KeyPair> createKeyPair(const KeyPairRequest& request) override;
  Result<ChangeState> changeState(const ChangeTarget& target) override;
  Result<std::optional<PendingChange>> pending() override;
  Result<void> apply(const Change& change, const ProgressSink& progress) override;

 private:
  template <class Act>
  auto guarded(Act act) -> decltype(act());
  Result<void> needLogin() const;
  Error pinError(Error error) const;

  std::shared_ptr<Slot> slot_;
  store::Store store_;
  bool ownsLogin_ = false;
};

}  // namespace sealferry::token::skf
