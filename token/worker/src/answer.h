// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <map>
#include <optional>

#include "lock.h"
#include "protocol/coding.h"
#include "protocol/message.h"
#include "worker/serve.h"

namespace sealferry::token {

/// The sessions of one connection, and the operations on them.
class Answerer {
 public:
  /// `progress` sends a progress frame of the request that is being answered.
  Answerer(const MakeBackend& makeBackend, ProgressSink progress)
      : makeBackend_(makeBackend), progress_(std::move(progress)) {}

  /// Takes the arguments, acts, and writes the result. bad_request for arguments that are not as they should be.
  Result<void> answer(protocol::Op op, cbor::Reader& arguments, cbor::Writer& result);

 private:
  Result<Backend*> backend();
  Result<ModuleInfo> module(Backend& backend) const;
  Result<void> ofBackend(protocol::Op op, cbor::Reader& arguments, cbor::Writer& result);
  Result<void> ofSession(protocol::Op op, cbor::Reader& arguments, cbor::Writer& result);

  /// The lock goes after the session, which logs out at its end.
  struct Open {
    std::optional<KeyLock> lock;
    std::unique_ptr<Session> session;
  };
  Result<void> onSession(protocol::Op op, Open& open, cbor::Reader& arguments, cbor::Writer& result);
  Result<void> reserve(Open& open);
  Result<void> apply(Open& open, cbor::Reader& arguments, cbor::Writer& result);

  const MakeBackend& makeBackend_;
  ProgressSink progress_;
  Holder holder_;
  std::vector<StorageProfile> profiles_;
  std::unique_ptr<Backend> backend_;
  std::chrono::milliseconds loadTime_{0};
  std::map<std::uint64_t, Open> sessions_;
  std::uint64_t lastSession_ = 0;
};

}  // namespace sealferry::token
