// SPDX-License-Identifier: Apache-2.0
#include "pin.h"

#include "common_pin.h"
#include "holding.h"

namespace sealferry::operation {
namespace {

// Cards commonly allow three tries. Where the key does not tell, our own count may warn earlier, never later.
constexpr unsigned failuresBeforeLast = 2;

/// What was noticed about the PIN that let us in is told by the next window, not to the page and not to a file.
void notice(Context& context, const token::KeyInfo& info, const Secret& pin) {
  if (isCommonPin(pin))
    context.commonPins.insert(info.serial);
  else
    context.commonPins.erase(info.serial);
}

Result<void> tryOnce(Context& context, const Call& call, token::Session& session, const token::KeyInfo& info,
                     const prompt::PinWords& words) {
  if (info.pin.pad)
    return askOnPad(context, call, prompt::padQuestion(words, context.language),
                    [&] { return session.login(Secret{}); });
  const auto pin = askPin(context, call, prompt::pinQuestion(words, context.language));
  if (!pin) return passOn(pin);
  auto entered = session.login(*pin);
  if (entered) notice(context, info, *pin);
  return entered;
}

}  // namespace

bool endedByUser(ErrorCode code) {
  return code == ErrorCode::cancelled || code == ErrorCode::timed_out || code == ErrorCode::prompt_missing;
}

PinPlace pinPlace(const token::PinState& state, unsigned ownFailures) {
  PinPlace place;
  place.triesLeft = state.triesLeft;
  place.last = state.lastTry || state.triesLeft == 1 || (!state.triesLeft && ownFailures >= failuresBeforeLast);
  place.low = place.last || state.countLow || ownFailures > 0;
  return place;
}

prompt::KeyWords keyWords(token::Session& session) {
  const auto info = session.info();
  if (!info) return {};
  const auto signing = signingCertificate(session);
  return {signing && *signing ? (*signing)->certificate.unitName() : std::string(), info->serial};
}

prompt::PinWords pinWords(const Context& context, const Call& call, const token::KeyInfo& info,
                          const prompt::KeyWords& key, prompt::Act act) {
  const auto place = pinPlace(info.pin, context.pinFailures.of(info.serial));
  prompt::PinWords words{call.caller.origin, act, key, place.triesLeft, false, place.low, place.last};
  words.common = context.commonPins.contains(info.serial);
  return words;
}

/// Our own login for an earlier order may be what holds it, through another driver of the same stick.
Result<void> reserve(Context& context, token::Session& session) {
  auto reserved = session.reserve();
  if (reserved || reserved.error().code != ErrorCode::key_busy || !context.errands.until()) return reserved;
  context.errands.end();
  return session.reserve();
}

Result<Secret> askPin(Context& context, const Call& call, const prompt::PinQuestion& question, std::string_view what) {
  call.listener.prompt(what);
  auto pin = context.window->askPin(question, call.stop);
  call.listener.prompt("closed");
  // An empty PIN would still cost a try on some keys: it is taken for a change of mind.
  if (pin && pin->empty()) return fail(ErrorCode::cancelled, "askPin");
  return pin;
}

Result<void> askOnPad(Context& context, const Call& call, const prompt::Question& question,
                      const std::function<Result<void>()>& typing, std::string_view what) {
  call.listener.prompt(what);
  const auto ready = context.window->confirm(question, call.stop);
  auto outcome = !ready   ? Result<void>(passOn(ready))
                 : *ready ? typing()
                          : Result<void>(fail(ErrorCode::cancelled, "askOnPad"));
  call.listener.prompt("closed");
  return outcome;
}

Result<void> mayTry(Context& context, const Call& call, const token::KeyInfo& info, const prompt::KeyWords& key) {
  if (info.pin.locked) return fail(ErrorCode::pin_locked, "mayTry");
  if (!pinPlace(info.pin, context.pinFailures.of(info.serial)).last) return {};
  call.listener.prompt("confirm");
  const auto sure =
      context.window->confirm(prompt::lastTryQuestion(key, context.policy.helpline, context.language), call.stop);
  call.listener.prompt("closed");
  if (!sure) return passOn(sure);
  if (!*sure) return fail(ErrorCode::cancelled, "lastTry");
  return {};
}

tl::unexpected<Error> wrongPin(Context& context, token::Session& session, const token::KeyInfo& before,
                               const Error& error) {
  // A key that was low before we ever tried has had another's wrong PIN: ours is the second.
  context.pinFailures.add(before.serial, before.pin.countLow ? 2 : 1);
  auto failure = error;
  const auto info = session.info();
  if (!info) return tl::unexpected<Error>(failure);
  const auto place = pinPlace(info->pin, context.pinFailures.of(before.serial));
  if (info->pin.locked) failure.code = ErrorCode::pin_locked;
  if (!failure.triesLeft) failure.triesLeft = place.triesLeft;
  if (place.last && !info->pin.locked) failure.detail["last"] = "true";
  return tl::unexpected<Error>(failure);
}

Result<void> logIn(Context& context, const Call& call, token::Session& session, const prompt::KeyWords& key,
                   prompt::Act act) {
  // Login belongs to the whole token, not to a session: one that is still there would make any PIN look right.
  context.errands.end();
  if (auto reserved = reserve(context, session); !reserved) return reserved;
  std::optional<Error> wrong;
  for (;;) {
    const auto info = session.info();  // the flags as they are now, after each failure too
    if (!info) return passOn(info);
    if (info->pin.mustChange) return fail(ErrorCode::pin_must_change, "logIn");
    auto words = pinWords(context, call, *info, key, act);
    words.wrong = wrong.has_value();
    auto tried = mayTry(context, call, *info, key);
    if (tried) tried = tryOnce(context, call, session, *info, words);
    if (tried) {
      context.pinFailures.forget(info->serial);
      return {};
    }
    if (tried.error().code != ErrorCode::pin_incorrect)
      return wrong && endedByUser(tried.error().code) ? tl::unexpected<Error>(*wrong) : passOn(tried);
    wrong = wrongPin(context, session, *info, tried.error()).value();
    if (wrong->code == ErrorCode::pin_locked) return tl::unexpected<Error>(*wrong);
  }
}

}  // namespace sealferry::operation
