// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "session.h"
#include "store/object_store.h"

namespace sealferry::token::pkcs11 {

/// What is done with the private keys of one token. There are two of them, one made with libp11 (Linux), one with
/// raw calls alone (Windows, SEALFERRY_LIBP11=OFF, and modules that libp11 refuses); the contract suite holds both to
/// the same.
class Keys {
 public:
  virtual ~Keys() = default;
  virtual Result<void> importCertificate(ByteView keyId, const std::string& label, ByteView der) = 0;
  /// `digest` as token::Session::sign has it.
  virtual Result<Bytes> sign(ByteView keyId, SignatureScheme scheme, ByteView digest) = 0;
};

struct OpenToken {
  std::unique_ptr<RawSession> raw;
  std::unique_ptr<Keys> keys;  ///< goes first
};

class TokenOpener {
 public:
  virtual ~TokenOpener() = default;
  virtual Result<OpenToken> open(SlotId slot) = 0;
};

/// With raw calls alone.
Result<OpenToken> openPlain(const Module& module, SlotId slot, WriteObserver* observer);

/// Of libp11, or of raw calls, as the build has it.
std::unique_ptr<TokenOpener> makeOpener(Module& module, WriteObserver* observer);

}  // namespace sealferry::token::pkcs11
