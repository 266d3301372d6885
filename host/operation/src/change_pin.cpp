// SPDX-License-Identifier: Apache-2.0
#include "operations.h"
#include "pin.h"

namespace sealferry::operation {

Result<wire::Done> changePin(Context& context, const wire::ChangePin& request, const Call& call) {
  context.errands.end();
  const auto session = context.keys.open(request.serial);
  if (!session) return passOn(session);
  const auto info = (*session)->info();
  if (!info) return passOn(info);
  const auto key = keyWords(**session);
  if (const auto may = mayTry(context, call, *info, key); !may) return passOn(may);

  const auto place = pinPlace(info->pin, context.pinFailures[info->serial]);
  const prompt::PinWords words{call.caller.origin, prompt::Act::changePin, key, place.triesLeft, false, place.low,
                               place.last};
  const auto current = askPin(context, call, prompt::pinQuestion(words, context.language));
  if (!current) return passOn(current);
  const auto next = askPin(context, call, prompt::newPinQuestion(words, context.language));
  if (!next) return passOn(next);
  const auto changed = (*session)->changePin(*current, *next);
  if (!changed && changed.error().code == ErrorCode::pin_incorrect)
    return wrongPin(context, **session, changed.error());
  if (!changed) return passOn(changed);
  context.pinFailures.erase(info->serial);
  return wire::Done{};
}

}  // namespace sealferry::operation
