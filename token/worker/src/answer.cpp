// SPDX-License-Identifier: Apache-2.0
#include "answer.h"

#include <array>

#include "base/digest.h"
#include "loaded.h"

namespace sealferry::token {
namespace {

using cbor::Reader;
using cbor::Writer;
using protocol::Op;
using protocol::put;
using protocol::take;

constexpr std::size_t mostText = 4096, mostArguments = 4;

Result<void> malformed() { return fail(ErrorCode::bad_request, "worker arguments"); }

void writeResult(Writer& out, Result<void>&) { out.null(); }

template <class T>
void writeResult(Writer& out, Result<T>& result) {
  put(out, *result);
}

/// Writes what a call answered, or hands its failure on.
template <class T>
Result<void> finish(Writer& out, Result<T> result) {
  if (!result) return passOn(result);
  writeResult(out, result);
  return {};
}

template <class T>
T taken(Reader& in) {
  T value{};
  take(in, value);
  return value;
}

Result<void> readBlob(Session& session, Reader& in, Writer& out) {
  const auto name = in.text(mostText);
  return in.finished() ? finish(out, session.readBlob(name)) : malformed();
}

Result<void> login(Session& session, Reader& in, Writer& out) {
  const auto pin = in.secret(protocol::mostPinBytes);
  return in.finished() ? finish(out, session.login(pin)) : malformed();
}

Result<void> changePin(Session& session, Reader& in, Writer& out) {
  const auto current = in.secret(protocol::mostPinBytes);
  const auto next = in.secret(protocol::mostPinBytes);
  return in.finished() ? finish(out, session.changePin(current, next)) : malformed();
}

Result<void> unblockPin(Session& session, Reader& in, Writer& out) {
  const auto puk = in.secret(protocol::mostPinBytes);
  const auto next = in.secret(protocol::mostPinBytes);
  return in.finished() ? finish(out, session.unblockPin(puk, next)) : malformed();
}

Result<void> sign(Session& session, Reader& in, Writer& out) {
  const auto keyId = taken<Bytes>(in);
  SignatureScheme scheme{};
  protocol::takeEnum(in, scheme, SignatureScheme::sm2Sm3);
  const auto digest = in.bytes(64);
  return in.finished() ? finish(out, session.sign(keyId, scheme, digest)) : malformed();
}

Result<void> createKeyPair(Session& session, Reader& in, Writer& out) {
  KeyPairRequest request;
  protocol::takeEnum(in, request.algorithm, KeyAlgorithm::sm2);
  request.bits = static_cast<unsigned>(in.number(1U << 16));
  return in.finished() ? finish(out, session.createKeyPair(request)) : malformed();
}

Result<void> changeState(Session& session, Reader& in, Writer& out) {
  const auto target = taken<ChangeTarget>(in);
  return in.finished() ? finish(out, session.changeState(target)) : malformed();
}

std::string nameOf(ByteView certificate) { return "certificate " + toHex(sha256(certificate)); }

/// What a key is known by, through whatever driver.
Result<std::vector<std::string>> namesOf(Session& session) {
  const auto key = session.info();
  if (!key) return passOn(key);
  const auto certificates = session.certificates();
  if (!certificates) return passOn(certificates);
  std::vector<std::string> names{"key " + key->id};
  for (const auto& one : *certificates)
    if (one.use == KeyUse::signing) names.push_back(nameOf(one.der));
  return names;
}

/// Changes the key, or what everybody who has it may do with it.
bool needsLock(Op op) {
  return op == Op::login || op == Op::changePin || op == Op::unblockPin || op == Op::createKeyPair || op == Op::apply;
}

Result<void> simple(Op op, Session& session, Reader& in, Writer& out) {
  if (!in.finished()) return malformed();
  switch (op) {
    case Op::info:
      return finish(out, session.info());
    case Op::certificates:
      return finish(out, session.certificates());
    case Op::keyPairs:
      return finish(out, session.keyPairs());
    case Op::blobs:
      return finish(out, session.blobs());
    case Op::logout:
      return finish(out, session.logout());
    case Op::layout:
      return finish(out, session.layout());
    case Op::pending:
      return finish(out, session.pending());
    case Op::unblocking:
      return finish(out, session.unblocking());
    default:
      return malformed();
  }
}

/// How many arguments an operation has.
constexpr std::array<std::size_t, protocol::lastOp + 1> argumentCount{2, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2,
                                                                      1, 3, 4, 3, 2, 1, 2, 3, 1, 1, 3};

}  // namespace

Result<Backend*> Answerer::backend() {
  if (backend_) return backend_.get();
  const auto began = std::chrono::steady_clock::now();
  auto made = makeBackend_();
  if (!made) return passOn(made);
  loadTime_ = std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
  backend_ = std::move(*made);
  backend_->setProfiles(profiles_);
  return backend_.get();
}

Result<void> Answerer::answer(Op op, Reader& in, Writer& out) {
  if (in.array(mostArguments) != argumentCount.at(static_cast<std::size_t>(op)) || !in.good()) return malformed();
  if (op == Op::hello) {
    if (in.number() != protocol::version) return fail(ErrorCode::version_mismatch, "hello");
    take(in, profiles_);
    if (!in.finished()) return malformed();
    out.number(protocol::version);
    return {};
  }
  return op < Op::close ? ofBackend(op, in, out) : ofSession(op, in, out);
}

Result<void> Answerer::ofBackend(Op op, Reader& in, Writer& out) {
  const auto serial = op == Op::open ? in.text(mostText) : std::string{};
  if (!in.finished()) return malformed();
  const auto ready = backend();
  if (!ready) return passOn(ready);
  if (op == Op::module) return finish(out, module(**ready));
  if (op == Op::keys) return finish(out, (*ready)->keys());
  auto session = (*ready)->open(serial);
  if (!session) return passOn(session);
  sessions_[++lastSession_].session = std::move(*session);
  out.number(lastSession_);
  return {};
}

/// What the driver says of itself, and what was seen of it here.
Result<ModuleInfo> Answerer::module(Backend& backend) const {
  auto info = backend.module();
  if (!info) return info;
  info->loadMilliseconds = static_cast<unsigned>(loadTime_.count());
  info->usesReaderService = hasLoaded("libpcsclite");
  return info;
}

Result<void> Answerer::ofSession(Op op, Reader& in, Writer& out) {
  const auto found = sessions_.find(in.number());
  if (!in.good() || found == sessions_.end()) return malformed();
  if (op == Op::close) {
    sessions_.erase(found);
    return out.null(), Result<void>{};
  }
  if (op == Op::reserve) {
    holder_ = {in.text(64), static_cast<int>(in.number(INT32_MAX))};
    return in.finished() ? finish(out, reserve(found->second)) : malformed();
  }
  if (needsLock(op))
    if (auto kept = reserve(found->second); !kept) return kept;
  return onSession(op, found->second, in, out);
}

Result<void> Answerer::reserve(Open& open) {
  if (open.lock) return {};
  auto names = namesOf(*open.session);
  if (!names) return passOn(names);
  auto lock = KeyLock::take(std::move(*names), holder_);
  if (!lock) return passOn(lock);
  open.lock.emplace(std::move(*lock));
  return {};
}

Result<void> Answerer::apply(Open& open, Reader& in, Writer& out) {
  const auto change = taken<Change>(in);
  if (!in.finished()) return malformed();
  // A certificate that comes with the change is one of the key's names from the moment it is visible.
  if (change.signCertificate)
    if (auto more = open.lock->extend({nameOf(*change.signCertificate)}, holder_); !more) return more;
  return finish(out, open.session->apply(change, progress_));
}

Result<void> Answerer::onSession(Op op, Open& open, Reader& in, Writer& out) {
  auto& session = *open.session;
  switch (op) {
    case Op::readBlob:
      return readBlob(session, in, out);
    case Op::login:
      return login(session, in, out);
    case Op::changePin:
      return changePin(session, in, out);
    case Op::unblockPin:
      return unblockPin(session, in, out);
    case Op::sign:
      return sign(session, in, out);
    case Op::createKeyPair:
      return createKeyPair(session, in, out);
    case Op::changeState:
      return changeState(session, in, out);
    case Op::apply:
      return apply(open, in, out);
    default:
      return simple(op, session, in, out);
  }
}

}  // namespace sealferry::token
