// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string_view>

#include "base/result.h"
#include "token/profile.h"
#include "token/types.h"

namespace sealferry::token {

/// One key, bound by its serial for as long as the session lives. If the key is pulled, or another one is put in its
/// place, every call answers key_removed or key_changed; a new session is needed then. Not for use from several
/// threads.
class Session {
 public:
  virtual ~Session() = default;  ///< logs out

  /// Keeps other programs off this key until the session ends: the same stick through another driver too. To be called
  /// before the first window; login and apply do it where it was not. key_busy, with `holder` in the detail, while
  /// another program has it. A backend in the caller's own process has nobody to keep off.
  virtual Result<void> reserve() { return {}; }

  virtual Result<KeyInfo> info() = 0;
  virtual Result<std::vector<CertificateObject>> certificates() = 0;  ///< the visible set: see Change
  virtual Result<std::vector<KeyPair>> keyPairs() = 0;                ///< may need a login on some keys
  virtual Result<std::vector<BlobInfo>> blobs() = 0;                  ///< the visible set
  virtual Result<Bytes> readBlob(std::string_view name) = 0;          ///< no_seal if there is none of that name

  /// How seals are stored on this key. To be asked before the first window of a write: where it is not writable, apply
  /// refuses with layout_unknown.
  virtual Result<KeyLayout> layout() { return KeyLayout{}; }

  /// One call is one try on the key, never repeated by us. pin_incorrect, pin_locked, pin_must_change.
  virtual Result<void> login(const Secret& pin) = 0;
  virtual Result<void> logout() = 0;
  virtual Result<void> changePin(const Secret& current, const Secret& next) = 0;

  /// How things stand with the secret that sets a new PIN where the old one is locked or forgotten: the PUK, or the
  /// administrator's PIN. Nothing if the key, or its driver, has no such way.
  virtual Result<std::optional<PinState>> unblocking() { return std::optional<PinState>{}; }
  /// Sets a new PIN with that secret, and ends any login. One call is one try of it, never repeated by us.
  /// puk_incorrect, puk_locked, pin_unusable (no try is spent where the key lets us know before), unblock_unavailable.
  virtual Result<void> unblockPin(const Secret& /*puk*/, const Secret& /*next*/) {
    return fail(ErrorCode::unblock_unavailable, "unblockPin");
  }

  virtual Result<Bytes> sign(ByteView keyId, SignatureScheme scheme, ByteView digest) = 0;
  virtual Result<KeyPair> createKeyPair(const KeyPairRequest& request) = 0;

  virtual Result<ChangeState> changeState(const ChangeTarget& target) = 0;
  virtual Result<std::optional<PendingChange>> pending() = 0;
  /// All or none. First ends an unfinished earlier change (forward if it was committed, else back), then checks room,
  /// writes, reads back, compares, makes visible, removes what was replaced. A change that is done already writes
  /// nothing.
  virtual Result<void> apply(const Change& change, const ProgressSink& progress) = 0;
};

/// One driver and the keys it sees.
class Backend {
 public:
  virtual ~Backend() = default;
  virtual Result<ModuleInfo> module() = 0;
  /// The storage profiles that policy knows, for all keys opened from now on; those for other keys are passed over.
  virtual void setProfiles(std::vector<StorageProfile> /*profiles*/) {}
  virtual Result<std::vector<KeyInfo>> keys() = 0;
  virtual Result<std::unique_ptr<Session>> open(std::string_view serial) = 0;  ///< several_keys: two tell that serial
  /// Lets go of the driver, and of all sessions; the next call loads it anew. Drivers, and libp11, do not always find a
  /// key again that was pulled, or a reader service that was restarted. Does nothing where there is no other process.
  virtual void reload() {}
};

}  // namespace sealferry::token
