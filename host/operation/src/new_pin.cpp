// SPDX-License-Identifier: Apache-2.0
#include "new_pin.h"

#include "common_pin.h"
#include "pin.h"

namespace sealferry::operation {

Result<Secret> askNewPin(Context& context, const Call& call, prompt::PinWords words) {
  words.wrong = words.common = false;
  for (;;) {
    auto next = askPin(context, call, prompt::newPinQuestion(words, context.language));
    if (!next || !isCommonPin(*next)) return next;
    words.common = true;
  }
}

}  // namespace sealferry::operation
