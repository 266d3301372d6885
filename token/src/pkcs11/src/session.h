// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "base/secret.h"
#include "module.h"
#include "store/write_observer.h"

namespace sealferry::token::pkcs11 {

using ObjectId = unsigned long;

constexpr std::size_t mostObjectBytes = 64U << 10;  ///< of a data object or certificate

struct Attribute {
  unsigned long type = 0;
  Bytes value;
};
Attribute number(unsigned long type, unsigned long value);
Attribute boolean(unsigned long type, bool value);
Attribute bytes(unsigned long type, ByteView value);

/// The two objects that C_GenerateKeyPair makes.
struct GeneratedPair {
  ObjectId publicKey = 0, privateKey = 0;
};

/// A raw session on one slot: data objects, PIN, presence, and whatever libp11 has no call for.
class RawSession {
 public:
  /// Read-write, or read-only on a key that is so.
  static Result<std::unique_ptr<RawSession>> open(const Module& module, SlotId slot, WriteObserver* observer);
  ~RawSession();
  RawSession(const RawSession&) = delete;
  RawSession& operator=(const RawSession&) = delete;

  const Module& module() const { return module_; }
  Result<void> alive() const;
  /// Whether the key is still there once the driver had the time to notice that it is not: a second.
  bool staysPresent() const;
  /// An empty PIN is typed on the reader. One that was right is kept until the login ends, but only where a key says
  /// CKA_ALWAYS_AUTHENTICATE: such a key is to be shown it again for each signature (v2.40 §4.9).
  Result<void> login(ByteView pin);
  bool wantsPinAgain(ObjectId key) const;
  Result<void> logout();
  bool isLoggedIn() const { return loggedIn_; }  ///< as a user
  Result<void> setPin(ByteView current, ByteView next);
  Result<void> loginOfficer(ByteView pin);  ///< the security officer, whose PIN is the PUK on some keys
  Result<void> initPin(ByteView next);      ///< while the officer is logged in

  Result<std::vector<ObjectId>> find(const std::vector<Attribute>& like) const;
  /// Nothing if the object does not have the attribute or keeps it to itself; too_large if it is longer than `most`.
  Result<std::optional<Bytes>> attribute(ObjectId object, unsigned long type, std::size_t most) const;
  /// An id or a text: nothing either if it is longer than any of ours.
  Result<std::optional<Bytes>> name(ObjectId object, unsigned long type, std::size_t most) const;
  /// What can be done without: nothing either if the module has an error of its own for not telling it.
  Result<std::optional<Bytes>> ifTold(ObjectId object, unsigned long type, std::size_t most) const;
  /// CKA_VALUE. too_large if it is longer than `most`. seal_invalid if the key is there and yet the object cannot be
  /// read: OpenSC removes the file of an object before its entry in the directory, so a key that was pulled in between
  /// goes on listing what it no longer has.
  Result<Bytes> content(ObjectId object, std::size_t most);
  Result<ObjectId> create(const std::vector<Attribute>& attributes);
  Result<void> set(ObjectId object, const Attribute& attribute);
  Result<void> destroy(ObjectId object);

  /// pin_incorrect or pin_locked where the PIN of this login is no longer the key's: it is never shown to it again.
  Result<Bytes> sign(ObjectId key, unsigned long mechanism, ByteView parameter, ByteView data);
  Result<GeneratedPair> generate(unsigned long mechanism, const std::vector<Attribute>& publicPart,
                                 const std::vector<Attribute>& privatePart);

 private:
  RawSession(const Module& module, SlotId slot, unsigned long handle, WriteObserver* observer)
      : module_(module), slot_(slot), handle_(handle), observer_(observer) {}
  bool isPresent() const;
  bool holdsKeyThatWantsPinAgain() const;
  Result<void> mayShowPin() const;
  Result<void> showPinAgain();
  const Module& module_;
  SlotId slot_;
  unsigned long handle_;
  WriteObserver* observer_;
  bool loggedIn_ = false;
  std::optional<Secret> pin_{};                           ///< empty: typed on the reader each time
  bool lastTryAtLogin_ = false;                           ///< what the flags said right after it
  std::set<ObjectId> readable_{}, broken_{};              ///< as found in this session
  mutable std::chrono::steady_clock::time_point seen_{};  ///< when the key was last known to be there
};

/// Whether a session can be opened at all, at once and without libp11.
Result<void> probe(const Module& module, SlotId slot);

}  // namespace sealferry::token::pkcs11
