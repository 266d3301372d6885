// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "slot.h"
#include "store/stored_session.h"

namespace sealferry::token::skf {

class KeySession : public store::StoredSession<Slot> {
 public:
  explicit KeySession(std::shared_ptr<Slot> slot) : StoredSession(std::move(slot)) {}
  ~KeySession() override;

  Result<KeyInfo> info() override;
  Result<void> login(const Secret& pin) override;
  Result<void> logout() override;
  Result<void> changePin(const Secret& current, const Secret& next) override;
  Result<std::optional<PinState>> unblocking() override;
  Result<void> unblockPin(const Secret& puk, const Secret& next) override;
  Result<Bytes> sign(ByteView keyId, SignatureScheme scheme, ByteView digest) override;
  Result<KeyPair> createKeyPair(const KeyPairRequest& request) override;

 private:
  Result<void> mayApply(const Change& change) override;
  Error pinError(Error error) const;
  Error pukError(Error error) const;
};

}  // namespace sealferry::token::skf
