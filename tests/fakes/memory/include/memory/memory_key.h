// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "soft/key.h"
#include "store/object_store.h"

namespace sealferry::token {

/// Something goes wrong at one call on the key, counted from 1 on since the faults were set.
struct MemoryFaults {
  unsigned failAt = 0;  ///< this call fails and does nothing
  ErrorCode failWith = ErrorCode::write_failed;
  unsigned pullBefore = 0;  ///< the key is pulled just before this call
  unsigned pullAfter = 0;   ///< just after it took effect, so that the caller sees it fail all the same
  unsigned mangleAt = 0;    ///< what this call creates is kept with one bit turned
  unsigned tearAt = 0;      ///< what this call destroys is gone and yet stays listed, as the key is pulled in between
};

/// A USB-KEY in memory: what a real one holds, and what can befall it.
class MemoryKey : public store::ObjectStore {
 public:
  std::string serial = "MEM0000000000001", label = "内存锁", pin = "123456", puk = "12345678";
  std::optional<std::uint64_t> memoryLimit;
  std::size_t mostPartBytes = 16U << 10;
  bool mustChangePin = false, tellsFreeMemory = true;
  /// Called before a session or the backend looks at the key: what befalls it from outside.
  std::function<void(MemoryKey&)> weather;

  Bytes addKeyPair(soft::Key key, KeyUse use = KeyUse::signing);  ///< answers the keyId
  void pull() { present_ = false; }
  void plug();  ///< sessions of before stay dead
  void set(const MemoryFaults& faults);
  unsigned calls() const { return calls_; }

  bool present() const { return present_; }
  unsigned plugged() const { return plugged_; }  ///< how many times
  PinState pinState() const;
  Result<void> login(ByteView tried);
  Result<void> changePin(ByteView current, ByteView next);
  PinState pukState() const;
  Result<void> unblock(ByteView tried, ByteView next);
  const soft::Key* keyPair(ByteView keyId) const;
  std::uint64_t usedBytes() const;
  std::size_t objectCount() const;  ///< without those that are only listed

  std::size_t partSize() const override { return mostPartBytes; }
  std::size_t objectOverhead() const override { return 64; }
  Result<std::optional<std::uint64_t>> freeBytes() override;
  Result<std::vector<store::RawObject>> objects() override;
  Result<Bytes> read(store::Handle object) override;
  Result<void> create(const std::string& objectLabel, ByteView content) override;
  Result<void> destroy(store::Handle object) override;
  Result<std::vector<store::RawCertificate>> certificates() override;
  Result<void> importCertificate(ByteView keyId, ByteView der) override;
  Result<void> removeCertificate(store::Handle certificate) override;
  Result<std::vector<KeyPair>> keyPairs() override;
  bool answers() override { return present_; }

  /// Vendors' files lie among ours, of this application.
  static constexpr const char* application = "VENDOR";
  std::vector<StorageProfile> knownProfiles;
  const std::vector<StorageProfile>& profiles() const override { return knownProfiles; }
  Result<std::vector<store::ForeignObject>> foreign() override;
  /// In two steps, of which the second may not come: half the new content over the old, then the other half.
  Result<void> place(const store::VendorPlace& where, ByteView content) override;
  /// What a vendor's tool would do, and see.
  void putFile(const std::string& name, Bytes content);
  std::optional<Bytes> file(const std::string& name) const;

 private:
  struct Object {
    std::string label;
    Bytes content;
    bool torn = false;
  };
  struct Pair {
    KeyUse use;
    soft::Key key;
  };
  Result<void> enter(const char* call);
  Result<void> leave(const char* call);
  bool fits(std::size_t size) const;

  std::map<store::Handle, Object> objects_;
  std::map<store::Handle, store::RawCertificate> certificates_;
  std::map<Bytes, Pair> pairs_;
  store::Handle next_ = 1;
  MemoryFaults faults_;
  unsigned calls_ = 0, plugged_ = 1;
  int triesLeft_ = 3, pukTriesLeft_ = 3;
  bool present_ = true;
};

}  // namespace sealferry::token
