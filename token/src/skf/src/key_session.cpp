// SPDX-License-Identifier: Apache-2.0
#include "key_session.h"

#include <algorithm>

#include "sign.h"

namespace sealferry::token::skf {
namespace {

constexpr Number user{1};

/// A PIN as the standard takes it: a text that ends with a zero, in memory that is wiped. One with a zero inside would
/// be cut, and another PIN tried than was typed.
class PinText {
 public:
  explicit PinText(ByteView pin) : text_(pin.size() + 1) { std::ranges::copy(pin, text_.data()); }
  char* get() { return reinterpret_cast<char*>(text_.data()); }

 private:
  Secret text_;
};

bool isText(const Secret& pin) {
  const auto bytes = pin.view();
  return !bytes.empty() && std::ranges::find(bytes, 0) == bytes.end();
}

}  // namespace

KeySession::~KeySession() { (void)logout(); }

Result<KeyInfo> KeySession::info() {
  return guarded([&]() -> Result<KeyInfo> {
    const auto facts = factsOf(slot_->device());
    if (!facts) return passOn(facts);
    return describe(*facts, slot_->device().library().path());
  });
}

/// The real count goes along with a wrong PIN: as the key tells it now, or as it answered the try.
Error KeySession::pinError(Error error) const {
  if (error.code != ErrorCode::pin_incorrect && error.code != ErrorCode::pin_locked) return error;
  const auto pin = slot_->device().pinState(PinOwner::user);
  if (pin) error.triesLeft = pin->triesLeft;
  if (error.code == ErrorCode::pin_locked || (pin && pin->locked)) {
    error.code = ErrorCode::pin_locked;
    error.triesLeft = 0;
  } else if (pin && pin->lastTry) {
    error.detail["last"] = "true";
  }
  return error;
}

Result<void> KeySession::login(const Secret& pin) {
  return guarded([&]() -> Result<void> {
    const auto state = slot_->device().pinState(PinOwner::user);
    if (!state) return passOn(state);
    // None of these spends a try.
    if (state->locked) return tl::unexpected<Error>(pinError(Error{ErrorCode::pin_locked, "login", 0, {}, {}}));
    if (state->mustChange) return fail(ErrorCode::pin_must_change, "login");
    if (!isText(pin)) return fail(ErrorCode::bad_request, "login");
    (void)logout();  // a login that stands already might take any PIN for right
    PinText text(pin.view());
    auto done = slot_->device().tryPin(PinOwner::user, "SKF_VerifyPIN", user, text.get());
    if (!done && wasLoggedIn(done.error())) {
      (void)slot_->device().inApplication("SKF_ClearSecureState");
      done = slot_->device().tryPin(PinOwner::user, "SKF_VerifyPIN", user, text.get());  // the first was not looked at
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
  return slot_->device().inApplication("SKF_ClearSecureState");
}

Result<void> KeySession::changePin(const Secret& current, const Secret& next) {
  return guarded([&]() -> Result<void> {
    if (!isText(current)) return fail(ErrorCode::bad_request, "changePin");
    if (!isText(next)) return fail(ErrorCode::pin_unusable, "changePin");
    PinText from(current.view()), to(next.view());
    auto done = slot_->device().tryPin(PinOwner::user, "SKF_ChangePIN", user, from.get(), to.get());
    if (!done) return tl::unexpected<Error>(pinError(done.error()));
    return {};
  });
}

/// The call is optional (GM/T 0016 §7.3.5), and some libraries leave it out.
Result<std::optional<PinState>> KeySession::unblocking() {
  return guarded([&]() -> Result<std::optional<PinState>> {
    if (!slot_->device().library().has("SKF_UnblockPIN")) return std::optional<PinState>{};
    const auto state = slot_->device().pinState(PinOwner::administrator);
    if (!state) return passOn(state);
    return std::optional(*state);
  });
}

/// The library speaks of the administrator's PIN in the words of any PIN.
Error KeySession::pukError(Error error) const {
  if (error.code == ErrorCode::mechanism_missing) error.code = ErrorCode::unblock_unavailable;
  if (error.code != ErrorCode::pin_incorrect && error.code != ErrorCode::pin_locked) return error;
  const auto state = slot_->device().pinState(PinOwner::administrator);
  const bool locked = error.code == ErrorCode::pin_locked || (state && state->locked);
  error.code = locked ? ErrorCode::puk_locked : ErrorCode::puk_incorrect;
  error.triesLeft = locked ? std::optional(0) : state ? state->triesLeft : std::nullopt;
  if (error.triesLeft == 1) error.detail["last"] = "true";
  return error;
}

Result<void> KeySession::unblockPin(const Secret& puk, const Secret& next) {
  return guarded([&]() -> Result<void> {
    if (!slot_->device().library().has("SKF_UnblockPIN")) return fail(ErrorCode::unblock_unavailable, "unblockPin");
    if (!isText(puk)) return fail(ErrorCode::bad_request, "unblockPin");
    if (!isText(next)) return fail(ErrorCode::pin_unusable, "unblockPin");
    const auto state = slot_->device().pinState(PinOwner::administrator);
    if (!state) return passOn(state);
    if (state->locked) return tl::unexpected<Error>(pukError(Error{ErrorCode::pin_locked, "unblockPin", 0, {}, {}}));
    (void)logout();
    PinText with(puk.view()), to(next.view());
    auto done = slot_->device().tryPin(PinOwner::administrator, "SKF_UnblockPIN", with.get(), to.get());
    if (!done) return tl::unexpected<Error>(pukError(done.error()));
    slot_->device().forgetTries();
    return {};
  });
}

Result<Bytes> KeySession::sign(ByteView keyId, SignatureScheme scheme, ByteView digest) {
  return guardedLogin([&]() -> Result<Bytes> { return skf::sign(slot_->device(), keyId, scheme, digest); });
}

Result<KeyPair> KeySession::createKeyPair(const KeyPairRequest& request) {
  return guardedLogin([&]() -> Result<KeyPair> {
    if (auto sure = slot_->device().isSurelyUsers(); !sure) return passOn(sure);
    return generate(slot_->device(), request);
  });
}

/// As StoredSession has it of all that is written.
Result<void> KeySession::mayApply(const Change&) {
  auto sure = slot_->device().isSurelyUsers();
  if (!sure && sure.error().code == ErrorCode::internal) sure.error().code = ErrorCode::write_failed;
  return sure;
}

}  // namespace sealferry::token::skf
