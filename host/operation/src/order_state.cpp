// SPDX-License-Identifier: Apache-2.0
#include "operations.h"
#include "order_facts.h"

namespace sealferry::operation {

Result<wire::StateAnswer> orderState(Context& context, const wire::OrderState& request, const Call& call) {
  const auto order = openOrder(context, request.order);
  if (!order) return passOn(order);
  if (!call.caller.commandLine && order->origin != call.caller.origin) {
    auto failure = fail(ErrorCode::order_mismatch, "orderState");
    failure.value().detail["field"] = "origin";
    return failure;
  }
  // What it has done leaves no trace on the key.
  if (order->operation == order::Operation::unblock)
    return wire::StateAnswer{context.ordersDone.has(*order) ? "done" : "none"};
  const auto session = openKeyOf(context, *order);
  if (!session) return passOn(session);
  const auto state = (*session)->changeState(targetOf(*order));
  if (!state) return passOn(state);
  switch (*state) {
    case token::ChangeState::none:
      return wire::StateAnswer{"none"};
    case token::ChangeState::partial:
      return wire::StateAnswer{"partial"};
    case token::ChangeState::done:
      return wire::StateAnswer{"done"};
  }
  return fail(ErrorCode::internal, "orderState");
}

}  // namespace sealferry::operation
