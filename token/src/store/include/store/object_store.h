// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "token/profile.h"
#include "token/types.h"

namespace sealferry::token::store {

/// Names an object for as long as nothing else changes the key; never kept from one listing to the next.
using Handle = std::uint64_t;

/// One of our objects as it lies on the key. Labels are ASCII, at most 31 bytes, unique unless a write was broken off.
struct RawObject {
  Handle handle = 0;
  std::string label;
};

struct RawCertificate {
  Handle handle = 0;
  Bytes keyId;
  Bytes der;
  std::optional<KeyUse> place{};  ///< where each key has one place for a certificate of each use
};

/// A file or data object that a vendor's tools may have put there.
struct ForeignObject {
  Handle handle = 0;
  std::string application, label;  ///< UTF-8 where the backend knows the encoding, else bytes as they are
};

/// Where a vendor's file lies, and who may do what with it.
struct VendorPlace {
  std::string application, label;
  FileRight readRight = FileRight::anyone, writeRight = FileRight::user;
  friend bool operator==(const VendorPlace&, const VendorPlace&) = default;
};

/// What a backend must be able to do so that Store can keep blobs and certificates all or none. Each call is one step
/// on the key; none repairs or repeats anything by itself.
class ObjectStore {
 public:
  virtual ~ObjectStore() = default;

  /// The most bytes one object may hold.
  virtual std::size_t partSize() const = 0;
  /// What an object costs beside its content, for the reckoning of room.
  virtual std::size_t objectOverhead() const = 0;
  /// Free memory, where the key tells it.
  virtual Result<std::optional<std::uint64_t>> freeBytes() = 0;

  virtual Result<std::vector<RawObject>> objects() = 0;
  /// Whether a call failed because what it named is no longer there though it was listed a moment ago: another program
  /// is writing, and the next listing tells how things stand now.
  virtual bool isOutdated(const Error& /*failure*/) const { return false; }
  /// seal_invalid if the object is listed and cannot be read although the key is there: it counts as gone.
  virtual Result<Bytes> read(Handle object) = 0;
  virtual Result<void> create(const std::string& label, ByteView content) = 0;
  virtual Result<void> destroy(Handle object) = 0;  ///< also fine if the object is one that counts as gone

  virtual Result<std::vector<RawCertificate>> certificates() = 0;  ///< those that can be read
  /// Beside any certificate that has the same keyId already.
  virtual Result<void> importCertificate(ByteView keyId, ByteView der) = 0;
  virtual Result<void> removeCertificate(Handle certificate) = 0;
  virtual Result<std::vector<KeyPair>> keyPairs() = 0;
  /// Whether there may be pairs that show only after a login.
  virtual Result<bool> hidesKeyPairs() { return false; }

  /// Asked after a failure: is the key still there? Then one item that cannot be read hides no other. Nobody who writes
  /// takes that for an item that is not there.
  virtual bool answers() { return false; }

  // On SKF nothing lies beside anything: a certificate takes the place of the one before, and so does an encryption
  // key, which cannot be brought back. So these come last, from copies that lie on the key itself (docs/key-layout.md).

  /// True if certificates have places: then installCertificate is used, and importCertificate and removeCertificate are
  /// not.
  virtual bool overwrites() const { return false; }
  virtual Result<void> installCertificate(ByteView /*keyId*/, KeyUse /*place*/, ByteView /*der*/) {
    return fail(ErrorCode::mechanism_missing, "installCertificate");
  }
  /// The public key (DER SubjectPublicKeyInfo) inside an enveloped one; mechanism_missing if it is none that the key
  /// could open.
  virtual Result<Bytes> envelopedKey(ByteView /*envelope*/) { return fail(ErrorCode::mechanism_missing, "envelope"); }
  /// The public half of the encryption key that is there; empty if there is none. Where one `isKnown` to have been
  /// there, a failure that only may mean none stays a failure.
  virtual Result<Bytes> encryptionKey(ByteView /*keyId*/, bool /*isKnown*/) { return Bytes{}; }
  virtual Result<void> installEncryptionKey(ByteView /*keyId*/, ByteView /*envelope*/) {
    return fail(ErrorCode::mechanism_missing, "installEncryptionKey");
  }

  // Where vendors' tools look for seals (docs/key-layout.md, "Storage profiles").

  /// The profiles that fit this key.
  virtual const std::vector<StorageProfile>& profiles() const;
  /// The files or objects of others; ours may be among them.
  virtual Result<std::vector<ForeignObject>> foreign() { return std::vector<ForeignObject>{}; }
  /// The first bytes of one, at most so many. Nothing if it cannot be read although the key is there, as without a
  /// login.
  virtual Result<std::optional<Bytes>> look(Handle object, std::size_t most);
  /// Makes what lies there hold this, whether it was there before or not. Can be broken off in the middle.
  virtual Result<void> place(const VendorPlace& /*where*/, ByteView /*content*/) {
    return fail(ErrorCode::layout_unknown, "place");
  }
};

}  // namespace sealferry::token::store
