// SPDX-License-Identifier: Apache-2.0
// Work orders and receipts, from the outside (CMS) and from the inside (JSON).
#include "hostile.h"
#include "order/receipt.h"
#include "order/work_order.h"

using namespace sealferry;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr Time at = 1'795'334'400;
  const ByteView bytes(data, size);
  promise(!order::open(bytes, {}, {}, at), "without roots and pins no order opens");
  static_cast<void>(order::readReceipt(bytes));
  static_cast<void>(order::readLogin(bytes));
  return 0;
}
