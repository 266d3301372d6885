// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "token/backend.h"

namespace sealferry::test {

/// A session in which everything fails. Tests make of it what they need.
class NoSession : public token::Session {
 public:
  Result<token::KeyInfo> info() override { return no(); }
  Result<std::vector<token::CertificateObject>> certificates() override { return no(); }
  Result<std::vector<token::KeyPair>> keyPairs() override { return no(); }
  Result<std::vector<token::BlobInfo>> blobs() override { return no(); }
  Result<Bytes> readBlob(std::string_view) override { return no(); }
  Result<token::ChangeState> changeState(const token::ChangeTarget&) override { return no(); }
  Result<std::optional<token::PendingChange>> pending() override { return no(); }
  Result<void> login(const Secret&) override { return no(); }
  Result<void> logout() override { return no(); }
  Result<void> changePin(const Secret&, const Secret&) override { return no(); }
  Result<Bytes> sign(ByteView, token::SignatureScheme, ByteView) override { return no(); }
  Result<token::KeyPair> createKeyPair(const token::KeyPairRequest&) override { return no(); }
  Result<void> apply(const token::Change&, const token::ProgressSink&) override { return no(); }

 private:
  static tl::unexpected<Error> no() { return fail(ErrorCode::internal, "NoSession"); }
};

}  // namespace sealferry::test
