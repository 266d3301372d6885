// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "data_objects.h"

namespace sealferry::token::pkcs11 {

/// One key while it is open, bound by serial. Several sessions may share it, as PKCS#11 shares the login. Once the key
/// was found gone it lets go of everything and stays gone.
class Slot {
 public:
  static Result<std::shared_ptr<Slot>> open(const Module& module, TokenOpener& opener, SlotId id, std::string serial,
                                            std::vector<StorageProfile> profiles);

  /// key_removed or key_changed unless the very same insertion of the very same key is there.
  Result<void> check();
  /// If a call failed in a way that may mean the key is gone, this finds out and says so; else the error stays.
  Error explain(Error error);
  Result<TokenFacts> facts() const { return module_.token(id_); }

  const Module& module() const { return module_; }
  SlotId id() const { return id_; }
  bool gone() const { return gone_; }
  RawSession& raw() { return *token_.raw; }
  Keys& keys() { return *token_.keys; }
  DataObjects& objects() { return objects_; }

  bool loggedIn = false;

 private:
  Slot(const Module& module, SlotId id, std::string serial, std::vector<StorageProfile> profiles, OpenToken token)
      : module_(module),
        id_(id),
        serial_(std::move(serial)),
        token_(std::move(token)),
        objects_(module, id, token_, std::move(profiles)) {}
  Result<void> letGo(ErrorCode code);

  const Module& module_;
  SlotId id_;
  std::string serial_;
  OpenToken token_;
  DataObjects objects_;
  bool gone_ = false;
};

}  // namespace sealferry::token::pkcs11
