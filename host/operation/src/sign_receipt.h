// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "holding.h"
#include "operation/call.h"
#include "operation/context.h"
#include "order/work_order.h"

namespace sealferry::operation {

/// What an order has done, read back from the key and signed by it; it must be logged in. `before` is what the key held
/// when the order began.
Result<Bytes> signReceipt(const Context& context, const Call& call, const order::WorkOrder& order,
                          const std::optional<order::Holding>& before, token::Session& session);

}  // namespace sealferry::operation
