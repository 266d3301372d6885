// SPDX-License-Identifier: Apache-2.0
#include "new_pin.h"
#include "operations.h"
#include "pin.h"

namespace sealferry::operation {
namespace {

Result<void> changeOnPad(Context& context, const Call& call, token::Session& session, const prompt::PinWords& words) {
  return askOnPad(context, call, prompt::padQuestion(words, context.language),
                  [&] { return session.changePin(Secret{}, Secret{}); });
}

Result<void> changeInWindows(Context& context, const Call& call, token::Session& session,
                             const prompt::PinWords& words) {
  const auto current = askPin(context, call, prompt::pinQuestion(words, context.language));
  if (!current) return passOn(current);
  const auto next = askNewPin(context, call, words);
  if (!next) return passOn(next);
  return session.changePin(*current, *next);
}

}  // namespace

Result<wire::Done> changePin(Context& context, const wire::ChangePin& request, const Call& call) {
  context.errands.end();
  const auto session = context.keys.open(request.serial);
  if (!session) return passOn(session);
  if (const auto reserved = reserve(context, **session); !reserved) return passOn(reserved);
  const auto info = (*session)->info();
  if (!info) return passOn(info);
  const auto key = keyWords(**session);
  if (const auto may = mayTry(context, call, *info, key); !may) return passOn(may);

  const auto words = pinWords(context, call, *info, key, prompt::Act::changePin);
  const auto changed =
      info->pin.pad ? changeOnPad(context, call, **session, words) : changeInWindows(context, call, **session, words);
  if (!changed && changed.error().code == ErrorCode::pin_incorrect)
    return wrongPin(context, **session, *info, changed.error());
  if (!changed) return passOn(changed);
  context.pinFailures.forget(info->serial);
  context.commonPins.erase(info->serial);
  return wire::Done{};
}

}  // namespace sealferry::operation
