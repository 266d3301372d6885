// SPDX-License-Identifier: Apache-2.0
#include "pin.h"

#include "holding.h"

namespace sealferry::operation {
namespace {

// Cards commonly allow three tries. Where the key does not tell, our own count may warn earlier, never later.
constexpr unsigned failuresBeforeLast = 2;

Result<void> tryOnce(Context& context, const Call& call, token::Session& session, const token::KeyInfo& info,
                     const prompt::PinQuestion& question) {
  if (info.pin.pad) return session.login(Secret{});
  const auto pin = askPin(context, call, question);
  if (!pin) return passOn(pin);
  return session.login(*pin);
}

}  // namespace

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

Result<Secret> askPin(Context& context, const Call& call, const prompt::PinQuestion& question) {
  call.listener.prompt("pin");
  auto pin = context.window->askPin(question, call.stop);
  call.listener.prompt("closed");
  // An empty PIN would still cost a try on some keys: it is taken for a change of mind.
  if (pin && pin->empty()) return fail(ErrorCode::cancelled, "askPin");
  return pin;
}

Result<void> mayTry(Context& context, const Call& call, const token::KeyInfo& info, const prompt::KeyWords& key) {
  if (info.pin.locked) return fail(ErrorCode::pin_locked, "mayTry");
  if (!pinPlace(info.pin, context.pinFailures[info.serial]).last) return {};
  call.listener.prompt("confirm");
  const auto sure =
      context.window->confirm(prompt::lastTryQuestion(key, context.policy.helpline, context.language), call.stop);
  call.listener.prompt("closed");
  if (!sure) return passOn(sure);
  if (!*sure) return fail(ErrorCode::cancelled, "lastTry");
  return {};
}

tl::unexpected<Error> wrongPin(Context& context, token::Session& session, const Error& error) {
  const auto info = session.info();
  auto failure = error;
  if (!info) return tl::unexpected<Error>(failure);
  const auto place = pinPlace(info->pin, ++context.pinFailures[info->serial]);
  if (info->pin.locked) failure.code = ErrorCode::pin_locked;
  if (!failure.triesLeft) failure.triesLeft = place.triesLeft;
  if (place.last && !info->pin.locked) failure.detail["last"] = "true";
  return tl::unexpected<Error>(failure);
}

Result<void> logIn(Context& context, const Call& call, token::Session& session, const prompt::KeyWords& key,
                   prompt::Act act) {
  // Login belongs to the whole token, not to a session: one that is still there would make any PIN look right.
  context.errands.end();
  std::optional<Error> wrong;
  for (;;) {
    const auto info = session.info();
    if (!info) return passOn(info);
    if (info->pin.mustChange) return fail(ErrorCode::pin_must_change, "logIn");
    const auto place = pinPlace(info->pin, context.pinFailures[info->serial]);
    const prompt::PinWords words{call.caller.origin, act,       key,       place.triesLeft,
                                 wrong.has_value(),  place.low, place.last};
    auto tried = mayTry(context, call, *info, key);
    if (tried) tried = tryOnce(context, call, session, *info, prompt::pinQuestion(words, context.language));
    if (tried) {
      context.pinFailures.erase(info->serial);
      return {};
    }
    const auto code = tried.error().code;
    if (code == ErrorCode::pin_incorrect) {
      wrong = wrongPin(context, session, tried.error()).value();
      if (wrong->code == ErrorCode::pin_locked) return tl::unexpected<Error>(*wrong);
      continue;
    }
    const bool ended =
        code == ErrorCode::cancelled || code == ErrorCode::timed_out || code == ErrorCode::prompt_missing;
    return wrong && ended ? tl::unexpected<Error>(*wrong) : passOn(tried);
  }
}

}  // namespace sealferry::operation
