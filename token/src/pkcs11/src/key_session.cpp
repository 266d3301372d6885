// SPDX-License-Identifier: Apache-2.0
#include "key_session.h"

#include "base/digest.h"
#include "generate.h"

namespace sealferry::token::pkcs11 {

KeyInfo describe(const TokenFacts& facts, const std::string& modulePath) {
  KeyInfo info;
  info.id = toHex(sha256(viewOf(facts.manufacturer + facts.serial)));
  info.serial = facts.serial;
  info.label = facts.label;
  info.manufacturer = facts.manufacturer;
  info.model = facts.model;
  info.kind = "pkcs11";
  info.module = modulePath;
  info.writable = facts.writable;
  info.pin = facts.pin;
  info.freeBytes = facts.freeBytes;
  info.totalBytes = facts.totalBytes;
  return info;
}

KeySession::~KeySession() { (void)logout(); }

Result<KeyInfo> KeySession::info() {
  return guarded([&]() -> Result<KeyInfo> {
    const auto facts = slot_->facts();
    if (!facts) return passOn(facts);
    return describe(*facts, modulePath_);
  });
}

/// What the token's flags say after a wrong PIN goes along with the error: they are read anew each time.
Error KeySession::pinError(Error error) {
  const bool counted = error.code == ErrorCode::pin_incorrect || error.code == ErrorCode::pin_locked;
  const auto facts = slot_->facts();
  if (!counted || !facts) return error;
  if (facts->pin.locked || error.code == ErrorCode::pin_locked) {
    error.code = ErrorCode::pin_locked;
    error.triesLeft = 0;
  } else if (facts->pin.lastTry) {
    error.triesLeft = 1;
    error.detail["last"] = "true";
  }
  return error;
}

Result<void> KeySession::login(const Secret& pin) {
  return guarded([&]() -> Result<void> {
    const auto facts = slot_->facts();
    if (!facts) return passOn(facts);
    // None of these spends a try.
    if (facts->pin.locked) return tl::unexpected<Error>(pinError(Error{ErrorCode::pin_locked, "login", 0, {}, {}}));
    if (facts->pin.mustChange) return fail(ErrorCode::pin_must_change, "login");
    if (pin.empty() && !facts->pin.pad) return fail(ErrorCode::bad_request, "login");
    (void)logout();  // a login that stands already would take any PIN for right
    auto done = slot_->raw().login(pin.view());
    if (!done && wasLoggedIn(done.error())) {
      (void)slot_->raw().logout();
      done = slot_->raw().login(pin.view());  // not a second try: the first was not looked at
    }
    if (!done && done.error().code == ErrorCode::pin_unusable) done.error().code = ErrorCode::pin_incorrect;
    if (!done) return tl::unexpected<Error>(pinError(done.error()));
    slot_->loggedIn = ownsLogin_ = true;
    return {};
  });
}

Result<void> KeySession::logout() {
  if (!ownsLogin_) return {};
  ownsLogin_ = false;
  if (slot_->gone() || !slot_->loggedIn) return {};
  slot_->loggedIn = false;
  return slot_->raw().logout();
}

Result<void> KeySession::changePin(const Secret& current, const Secret& next) {
  return guarded([&]() -> Result<void> {
    const auto facts = slot_->facts();
    if (!facts) return passOn(facts);
    // None of these spends a try.
    if (facts->pin.locked) return tl::unexpected<Error>(pinError(Error{ErrorCode::pin_locked, "changePin", 0, {}, {}}));
    if (!facts->pin.pad && (current.empty() || next.empty())) return fail(ErrorCode::bad_request, "changePin");
    auto done = setPin(current, next);
    if (!done) return tl::unexpected<Error>(pinError(done.error()));
    return {};
  });
}

Result<void> KeySession::setPin(const Secret& current, const Secret& next) {
  auto& raw = slot_->raw();
  if (!slot_->module().setsPinOnlyLoggedIn()) return raw.setPin(current.view(), next.view());
  (void)raw.logout();
  slot_->loggedIn = false;
  if (auto entered = raw.login(current.view()); !entered) return entered;
  auto done = raw.setPin(current.view(), next.view());
  (void)raw.logout();
  return done;
}

Result<std::optional<PinState>> KeySession::unblocking() {
  return guarded([&]() -> Result<std::optional<PinState>> {
    const auto facts = slot_->facts();
    if (!facts) return passOn(facts);
    if (!slot_->module().unblocks() || !facts->writable) return std::optional<PinState>{};
    return std::optional(facts->puk);
  });
}

/// The module speaks of the officer's PIN, and of a PUK, in the words of any PIN.
Error KeySession::pukError(Error error) {
  if (error.code == ErrorCode::mechanism_missing) error.code = ErrorCode::unblock_unavailable;
  const bool counted = error.code == ErrorCode::pin_incorrect || error.code == ErrorCode::pin_locked;
  if (!counted) return error;
  const auto facts = slot_->facts();
  const bool locked = error.code == ErrorCode::pin_locked || (facts && facts->puk.locked);
  error.code = locked ? ErrorCode::puk_locked : ErrorCode::puk_incorrect;
  if (locked) {
    error.triesLeft = 0;
  } else if (facts && facts->puk.lastTry) {
    error.triesLeft = 1;
    error.detail["last"] = "true";
  }
  return error;
}

/// Nobody else may be logged in meanwhile (v2.40 §5.6.5). With OpenSC the login keeps the PUK, C_InitPIN shows it to
/// the key, and the logout wipes it.
Result<void> KeySession::setPinAsOfficer(const Secret& puk, const Secret& next) {
  auto& raw = slot_->raw();
  (void)raw.logout();
  slot_->loggedIn = ownsLogin_ = false;
  auto done = raw.loginOfficer(puk.view());
  // A PUK of a length that none has is a wrong one; the same words about C_InitPIN mean the new PIN.
  if (!done && done.error().code == ErrorCode::pin_unusable) done.error().code = ErrorCode::pin_incorrect;
  if (!done) return done;
  done = raw.initPin(next.view());
  (void)raw.logout();
  return done;
}

Result<void> KeySession::unblockPin(const Secret& puk, const Secret& next) {
  // OpenSC keeps no longer one, and would then ask the key without.
  constexpr std::size_t longestPuk = 63;
  return guarded([&]() -> Result<void> {
    const auto facts = slot_->facts();
    if (!facts) return passOn(facts);
    // None of these spends a try.
    if (!slot_->module().unblocks() || !facts->writable) return fail(ErrorCode::unblock_unavailable, "unblockPin");
    if (facts->puk.locked)
      return tl::unexpected<Error>(pukError(Error{ErrorCode::pin_locked, "unblockPin", 0, {}, {}}));
    if (!facts->puk.pad && (puk.empty() || next.empty())) return fail(ErrorCode::bad_request, "unblockPin");
    if (puk.size() > longestPuk) return fail(ErrorCode::puk_incorrect, "unblockPin");
    auto done = setPinAsOfficer(puk, next);
    if (!done) return tl::unexpected<Error>(pukError(done.error()));
    return {};
  });
}

/// A key that wants the PIN for each signature may refuse the one that let us in, if another program has changed it
/// since: that login is over then.
Result<Bytes> KeySession::sign(ByteView keyId, SignatureScheme scheme, ByteView digest) {
  return guardedLogin([&]() -> Result<Bytes> {
    auto signature = slot_->keys().sign(keyId, scheme, digest);
    if (signature) return signature;
    const auto code = signature.error().code;
    if (code != ErrorCode::pin_incorrect && code != ErrorCode::pin_locked) return signature;
    (void)logout();
    return tl::unexpected<Error>(pinError(signature.error()));
  });
}

Result<KeyPair> KeySession::createKeyPair(const KeyPairRequest& request) {
  return guardedLogin([&]() -> Result<KeyPair> { return generate(slot_->raw(), request); });
}

Result<void> KeySession::mayApply(const Change& change) {
  if (change.encryptionKey) return fail(ErrorCode::mechanism_missing, "apply");
  const auto facts = slot_->facts();
  if (!facts) return passOn(facts);
  if (!facts->writable) return fail(ErrorCode::read_only, "apply");
  return {};
}

}  // namespace sealferry::token::pkcs11
