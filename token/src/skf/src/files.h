// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>

#include "device.h"
#include "store/object_store.h"

namespace sealferry::token::skf {

/// Our objects as files of the application, readable by anyone and written by the user; certificates and keys in their
/// containers, where what is imported takes the place of what was there.
class Files : public store::ObjectStore {
 public:
  Files(const Device& device, std::vector<StorageProfile> profiles) : device_(device), profiles_(std::move(profiles)) {}

  std::size_t partSize() const override { return 16U << 10; }
  std::size_t objectOverhead() const override { return 256; }
  Result<std::optional<std::uint64_t>> freeBytes() override;
  Result<std::vector<store::RawObject>> objects() override;
  Result<Bytes> read(store::Handle object) override;
  Result<void> create(const std::string& label, ByteView content) override;
  Result<void> destroy(store::Handle object) override;
  Result<std::vector<store::RawCertificate>> certificates() override;
  Result<void> importCertificate(ByteView keyId, ByteView der) override;
  Result<void> removeCertificate(store::Handle certificate) override;
  Result<std::vector<KeyPair>> keyPairs() override;
  bool answers() override { return device_.info().has_value(); }

  bool overwrites() const override { return true; }
  Result<void> installCertificate(ByteView keyId, KeyUse place, ByteView der) override;
  Result<Bytes> envelopedKey(ByteView envelope) override;
  Result<Bytes> encryptionKey(ByteView keyId, bool isKnown) override;
  Result<void> installEncryptionKey(ByteView keyId, ByteView envelope) override;

  const std::vector<StorageProfile>& profiles() const override { return profiles_; }
  Result<std::vector<store::ForeignObject>> foreign() override;
  Result<std::optional<Bytes>> look(store::Handle object, std::size_t most) override;
  Result<void> place(const store::VendorPlace& where, ByteView content) override;

 private:
  store::Handle handleOf(const std::string& name);
  Result<std::uint64_t> sizeOf(const std::string& name) const;
  Result<Bytes> content(const std::string& name, std::size_t most) const;
  Result<void> make(const std::string& name, std::size_t size, FileRight read, FileRight write) const;
  Result<void> fill(const std::string& name, ByteView content) const;
  Result<std::string> nameOf(store::Handle object) const;
  const Device& device_;
  std::vector<StorageProfile> profiles_;
  std::map<std::string, store::Handle> handles_;
  std::map<store::Handle, std::string> names_;
};

}  // namespace sealferry::token::skf
