// SPDX-License-Identifier: Apache-2.0
#include "puk.h"

#include "new_pin.h"
#include "pin.h"

namespace sealferry::operation {
namespace {

/// The user and the key for the length of one unblocking.
class Unblocking {
 public:
  Unblocking(Context& context, const Call& call, token::Session& session, const prompt::KeyWords& key)
      : context_(context), call_(call), session_(session), key_(key), counted_("puk " + key.serial) {}

  Result<Secret> run() {
    for (;;) {
      const auto state = session_.unblocking();  // as it is now, after each failure too
      if (!state) return passOn(state);
      if (!*state) return fail(ErrorCode::unblock_unavailable, "setPinWithPuk");
      auto tried = mayTry(**state);
      if (tried) tried = tryOnce(**state);
      if (tried) {
        context_.pinFailures.forget(counted_);
        return std::move(next_);
      }
      if (tried.error().code != ErrorCode::puk_incorrect)
        return wrong_ && endedByUser(tried.error().code) ? tl::unexpected<Error>(*wrong_) : passOn(tried);
      note(**state, tried.error());
    }
  }

 private:
  PinPlace place(const token::PinState& state) const { return pinPlace(state, context_.pinFailures.of(counted_)); }

  Result<void> mayTry(const token::PinState& state) {
    if (state.locked) return fail(ErrorCode::puk_locked, "mayTry");
    if (!place(state).last) return {};
    call_.listener.prompt("confirm");
    const auto question = prompt::lastPukTryQuestion(key_, context_.policy.helpline, context_.language);
    const auto sure = context_.window->confirm(question, call_.stop);
    call_.listener.prompt("closed");
    if (!sure) return passOn(sure);
    if (!*sure) return fail(ErrorCode::cancelled, "lastPukTry");
    return {};
  }

  Result<void> tryOnce(const token::PinState& state) {
    const auto where = place(state);
    const prompt::PinWords words{
        call_.caller.origin, prompt::Act::unblockPin, key_, where.triesLeft, wrong_.has_value(), where.low, where.last};
    if (state.pad)
      return askOnPad(
          context_, call_, prompt::pukPadQuestion(words, context_.language),
          [&] { return session_.unblockPin(Secret{}, Secret{}); }, "puk");
    const auto puk = askPin(context_, call_, prompt::pukQuestion(words, context_.language), "puk");
    if (!puk) return passOn(puk);
    if (next_.empty()) {
      auto chosen = askNewPin(context_, call_, words);
      if (!chosen) return passOn(chosen);
      next_ = std::move(*chosen);
    }
    return session_.unblockPin(*puk, next_);
  }

  /// Counts the wrong one, and keeps what is known about the next.
  void note(const token::PinState& before, const Error& error) {
    context_.pinFailures.add(counted_, before.countLow ? 2 : 1);
    wrong_ = error;
    const auto now = session_.unblocking();
    if (!now || !*now) return;
    const auto where = place(**now);
    if (!wrong_->triesLeft) wrong_->triesLeft = where.triesLeft;
    if (where.last) wrong_->detail["last"] = "true";
  }

  Context& context_;
  const Call& call_;
  token::Session& session_;
  const prompt::KeyWords& key_;
  std::string counted_;  ///< under this name our own count knows the PUK
  std::optional<Error> wrong_;
  Secret next_;
};

}  // namespace

Result<Secret> setPinWithPuk(Context& context, const Call& call, token::Session& session, const prompt::KeyWords& key) {
  return Unblocking(context, call, session, key).run();
}

}  // namespace sealferry::operation
