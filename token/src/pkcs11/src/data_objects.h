// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "call.h"
#include "keys.h"

namespace sealferry::token::pkcs11 {

/// Our objects as public CKO_DATA of the application "SealFerry", and certificates through Keys.
class DataObjects : public store::ObjectStore {
 public:
  DataObjects(const Module& module, SlotId slot, OpenToken& token, std::vector<StorageProfile> profiles)
      : module_(module), slot_(slot), token_(token), profiles_(std::move(profiles)) {}

  // Smart cards behind OpenSC cannot read beyond 32,767 bytes of one object, and some take less; half of that is safe.
  std::size_t partSize() const override { return 16U << 10; }
  std::size_t objectOverhead() const override { return 128; }
  Result<std::optional<std::uint64_t>> freeBytes() override;
  Result<std::vector<store::RawObject>> objects() override;
  bool isOutdated(const Error& failure) const override { return handleIsStale(failure); }
  Result<Bytes> read(store::Handle object) override;
  Result<void> create(const std::string& label, ByteView content) override;
  Result<void> destroy(store::Handle object) override;
  Result<std::vector<store::RawCertificate>> certificates() override;
  Result<void> importCertificate(ByteView keyId, ByteView der) override;
  Result<void> removeCertificate(store::Handle certificate) override;
  Result<std::vector<KeyPair>> keyPairs() override;
  Result<bool> hidesKeyPairs() override;

  const std::vector<StorageProfile>& profiles() const override { return profiles_; }
  Result<std::vector<store::ForeignObject>> foreign() override;
  Result<std::optional<Bytes>> look(store::Handle object, std::size_t most) override;
  Result<void> place(const store::VendorPlace& where, ByteView content) override;

 private:
  Result<void> createData(std::string_view application, const std::string& label, bool isPrivate, ByteView content);
  std::string labelFor(ByteView keyId);
  bool hasCertificate(ByteView keyId) const;
  Result<void> importBeside(ByteView keyId, const std::string& label, ByteView der);
  const Module& module_;
  SlotId slot_;
  OpenToken& token_;
  std::vector<StorageProfile> profiles_;
};

}  // namespace sealferry::token::pkcs11
