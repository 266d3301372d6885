// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "device.h"

namespace sealferry::token::skf {

/// A container while it is open: a signing and an encryption key pair, and a certificate for each.
class Container {
 public:
  static Result<std::unique_ptr<Container>> open(const Device& device, const std::string& name);
  static Result<std::unique_ptr<Container>> create(const Device& device, const std::string& name);
  ~Container();
  Container(const Container&) = delete;
  Container& operator=(const Container&) = delete;

  Result<Bytes> certificate(KeyUse place) const;  ///< empty if there is none
  Result<void> importCertificate(KeyUse place, ByteView der);
  /// The key pair of this place, known by its public key; nothing if there is none.
  Result<std::optional<KeyPair>> keyPair(KeyUse place) const;
  /// Whether the library seems to have SAR_FAIL for an encryption key that is not there: it answers that each time it
  /// is asked for the key and for its certificate, and tells of the signing key meanwhile.
  bool seemsWithoutEncryptionKey() const;
  Result<void> generate(const KeyPairRequest& request);
  Result<void> importKey(ByteView envelope);  ///< ENVELOPEDKEYBLOB in the library's layout
  Result<Bytes> signSm2(ByteView digest) const;
  Result<Bytes> signRsa(ByteView digestInfo, std::size_t modulusBytes) const;

 private:
  Container(const Device& device, std::string name) : device_(device), name_(std::move(name)) {}
  const Device& device_;
  std::string name_;
  Handle handle_ = nullptr;
};

}  // namespace sealferry::token::skf
