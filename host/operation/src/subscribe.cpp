// SPDX-License-Identifier: Apache-2.0
#include "operations.h"

namespace sealferry::operation {

Result<wire::Done> subscribe(Context& context, const wire::Subscribe& request, const Call& call) {
  if (request.events) {
    context.subscribers.insert(call.caller.origin);
  } else {
    context.subscribers.erase(call.caller.origin);
  }
  return wire::Done{};
}

}  // namespace sealferry::operation
