// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "order/work_order.h"

namespace sealferry::order {

/// Whether now lies outside the order's times: clock_wrong if our clock runs behind by more than the skew (an order is
/// not handed out before it begins), order_expired.
Result<void> checkTimes(const WorkOrder& order, Time now);

}  // namespace sealferry::order
