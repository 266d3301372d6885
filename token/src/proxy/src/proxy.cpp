// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "connection.h"
#include "token/registry.h"

namespace sealferry::token {
namespace {

using cbor::Reader;
using cbor::Writer;
using protocol::Op;
using proxy::Connection;

/// A change, the making of a key pair and a PIN typed on the reader may take as many deadlines.
constexpr unsigned patient = 8;

/// The answer to the user's question waits for a session to close. A worker that takes longer is ended, and other
/// sessions with it: some drivers need their time to let go of a reader.
constexpr auto closingTime = std::chrono::seconds(3);

/// What any page's look at the keys comes to. After a hang in the rest, which a user began, they may try again.
bool reads(Op op) {
  switch (op) {
    case Op::info:
    case Op::certificates:
    case Op::keyPairs:
    case Op::blobs:
    case Op::readBlob:
    case Op::pending:
    case Op::layout:
    case Op::unblocking:
    case Op::changeState:
      return true;
    default:
      return false;
  }
}

template <class T>
Connection::TakeResult into(T& value) {
  return [&value](Reader& in) { protocol::take(in, value); };
}

void takeNull(Reader& in) {
  if (!in.null()) in.refuse();
}

/// Asks the driver itself, with a new worker if there is none.
template <class T>
Result<T> askDriver(Connection& connection, Op op, std::size_t count = 0, const Connection::PutArguments& put = {},
                    std::chrono::milliseconds most = {}) {
  if (auto ready = connection.ensure(); !ready) return passOn(ready);
  T value{};
  const auto arguments = [&](Writer& out) {
    out.array(count);
    if (put) put(out);
  };
  auto done = connection.call({op, arguments, into(value), 1, nullptr, most});
  if (!done) return passOn(done);
  return value;
}

Result<std::vector<KeyInfo>> keysOf(Connection& connection, std::chrono::milliseconds most = {}) {
  return askDriver<std::vector<KeyInfo>>(connection, Op::keys, 0, {}, most);
}

class ProxySession : public Session {
 public:
  ProxySession(std::shared_ptr<Connection> connection, std::uint64_t number, std::string serial)
      : connection_(std::move(connection)),
        generation_(connection_->generation()),
        number_(number),
        serial_(std::move(serial)) {}

  ~ProxySession() override {
    if (!alive()) return;
    const auto arguments = argumentsOf(0, {});
    (void)connection_->call({Op::close, arguments, takeNull, 1, nullptr, closingTime});
  }

  Result<void> reserve() override {
    const auto put = [&](Writer& out) {
      out.text(connection_->holder().program);
      out.number(static_cast<std::uint64_t>(connection_->holder().process));
    };
    return call(Op::reserve, 2, put, takeNull, patient);
  }
  Result<KeyInfo> info() override { return ask<KeyInfo>(Op::info); }
  Result<std::vector<CertificateObject>> certificates() override {
    return ask<std::vector<CertificateObject>>(Op::certificates);
  }
  Result<std::vector<KeyPair>> keyPairs() override { return ask<std::vector<KeyPair>>(Op::keyPairs); }
  Result<std::vector<BlobInfo>> blobs() override { return ask<std::vector<BlobInfo>>(Op::blobs); }
  Result<std::optional<PendingChange>> pending() override { return ask<std::optional<PendingChange>>(Op::pending); }

  Result<KeyLayout> layout() override { return ask<KeyLayout>(Op::layout); }
  Result<Bytes> readBlob(std::string_view name) override {
    return ask<Bytes>(Op::readBlob, 1, [&](Writer& out) { out.text(name); });
  }
  Result<void> login(const Secret& pin) override {
    const auto put = [&](Writer& out) { out.bytes(pin.view()); };
    typedOnReader_ = pin.empty();
    return call(Op::login, 1, put, takeNull, typedOnReader_ ? patient : 1);
  }
  Result<void> logout() override { return call(Op::logout, 0, {}, takeNull); }
  Result<void> changePin(const Secret& current, const Secret& next) override {
    const auto put = [&](Writer& out) {
      out.bytes(current.view());
      out.bytes(next.view());
    };
    return call(Op::changePin, 2, put, takeNull, current.empty() ? patient : 1);
  }
  Result<std::optional<PinState>> unblocking() override { return ask<std::optional<PinState>>(Op::unblocking); }
  Result<void> unblockPin(const Secret& puk, const Secret& next) override {
    const auto put = [&](Writer& out) {
      out.bytes(puk.view());
      out.bytes(next.view());
    };
    return call(Op::unblockPin, 2, put, takeNull, puk.empty() ? patient : 1);
  }
  /// Some keys want their PIN for each signature, and where that is typed on the reader, it takes as long.
  Result<Bytes> sign(ByteView keyId, SignatureScheme scheme, ByteView digest) override {
    Bytes signature;
    const auto put = [&](Writer& out) {
      out.bytes(keyId);
      out.number(static_cast<std::uint64_t>(scheme));
      out.bytes(digest);
    };
    auto done = call(Op::sign, 3, put, into(signature), typedOnReader_ ? patient : 1);
    if (!done) return passOn(done);
    return signature;
  }
  Result<KeyPair> createKeyPair(const KeyPairRequest& request) override {
    KeyPair made;
    const auto put = [&](Writer& out) {
      out.number(static_cast<std::uint64_t>(request.algorithm));
      out.number(request.bits);
    };
    auto done = call(Op::createKeyPair, 2, put, into(made), patient);
    if (!done) return passOn(done);
    return made;
  }
  Result<ChangeState> changeState(const ChangeTarget& target) override {
    return ask<ChangeState>(Op::changeState, 1, [&](Writer& out) { protocol::put(out, target); });
  }
  Result<void> apply(const Change& change, const ProgressSink& progress) override {
    const auto put = [&](Writer& out) { protocol::put(out, change); };
    return call(Op::apply, 1, put, takeNull, patient, &progress);
  }

 private:
  bool alive() const { return connection_->generation() == generation_; }

  Result<void> call(Op op, std::size_t count, const Connection::PutArguments& put, const Connection::TakeResult& take,
                    unsigned patience = 1, const ProgressSink* progress = nullptr) {
    if (!alive()) return fail(ErrorCode::key_removed, "worker");  // the worker it belonged to is gone
    const auto arguments = argumentsOf(count, put);
    auto done = connection_->call({op, arguments, take, patience, progress});
    if (done || alive()) return done;
    auto error = explain(std::move(done.error()));
    if (error.code == ErrorCode::module_hung && reads(op)) connection_->leaveAlone(error);
    return tl::unexpected<Error>(std::move(error));
  }

  Connection::PutArguments argumentsOf(std::size_t count, const Connection::PutArguments& put) const {
    return [this, count, put](Writer& out) {
      out.array(1 + count);
      out.number(number_);
      if (put) put(out);
    };
  }

  /// Drivers, and libp11 0.4.12, crash or wait for ever when the key is pulled at the wrong moment. If a new worker
  /// does not find the key, that is what the user is told.
  Error explain(Error error) {
    if (error.code != ErrorCode::module_crashed && error.code != ErrorCode::module_hung) return error;
    const auto keys = keysOf(*connection_, std::chrono::seconds(2));
    if (keys && std::ranges::find(*keys, serial_, &KeyInfo::serial) == keys->end()) error.code = ErrorCode::key_removed;
    return error;
  }

  template <class T>
  Result<T> ask(Op op, std::size_t count = 0, const Connection::PutArguments& put = {}) {
    T value{};
    auto done = call(op, count, put, into(value));
    if (!done) return passOn(done);
    return value;
  }

  std::shared_ptr<Connection> connection_;
  unsigned generation_;
  std::uint64_t number_;
  std::string serial_;
  bool typedOnReader_ = false;  ///< the PIN of the last login
};

class ProxyBackend : public Backend {
 public:
  explicit ProxyBackend(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}
  ~ProxyBackend() override { connection_->close(); }

  Result<ModuleInfo> module() override { return noted(askDriver<ModuleInfo>(*connection_, Op::module)); }
  Result<std::vector<KeyInfo>> keys() override { return noted(keysOf(*connection_)); }
  void setProfiles(std::vector<StorageProfile> profiles) override {
    connection_->setProfiles(std::move(profiles));
    connection_->leave();
  }
  void reload() override {
    connection_->leave();
    connection_->askAgain();
  }
  Result<std::unique_ptr<Session>> open(std::string_view serial) override {
    const auto put = [&](Writer& out) { out.text(serial); };
    const auto number = noted(askDriver<std::uint64_t>(*connection_, Op::open, 1, put));
    if (!number) return passOn(number);
    return std::make_unique<ProxySession>(connection_, *number, std::string(serial));
  }

 private:
  template <class T>
  Result<T> noted(Result<T> answer) {
    if (!answer && isStuck(answer.error().code) && !connection_->isLeftAlone()) connection_->leaveAlone(answer.error());
    return answer;
  }
  /// It hangs, or crashes as it is loaded: the next worker would fare no better. A crash later on may be one of a call.
  bool isStuck(ErrorCode code) const {
    return code == ErrorCode::module_hung || (code == ErrorCode::module_crashed && !connection_->hasAnswered());
  }

  std::shared_ptr<Connection> connection_;
};

}  // namespace

std::unique_ptr<Backend> workerBackend(const ModuleSetting& module, const WorkerSetting& setting,
                                       const Interrupt* interrupt) {
  return std::make_unique<ProxyBackend>(std::make_shared<Connection>(module, setting, interrupt));
}

}  // namespace sealferry::token
