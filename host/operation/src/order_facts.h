// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <initializer_list>

#include "holding.h"
#include "operation/call.h"
#include "operation/context.h"
#include "order/check.h"
#include "wire/messages.h"

namespace sealferry::operation {

/// The order as opened with policy's roots and signers.
Result<order::WorkOrder> openOrder(Context& context, ByteView cms);

/// The key an order is bound to. Another key in the reader is order_mismatch with field key.serial, none is no_key.
Result<std::unique_ptr<token::Session>> openKeyOf(Context& context, const order::WorkOrder& order);

/// What the key and the caller are, as against the order.
Result<order::Facts> factsOf(Context& context, const Call& call, const order::WorkOrder& order,
                             std::initializer_list<order::Operation> operations, token::Session& session);

/// The payload parsed: digests for the order, seals for the windows.
struct ReadPayload {
  std::vector<Bytes> ders;
  std::vector<seal::Seal> seals;
  std::optional<trust::Certificate> signCertificate, encryptionCertificate;
  std::optional<Bytes> encryptionKey;
  order::Payload digests() const;
};
Result<ReadPayload> readPayload(const wire::Write& write);

token::ChangeTarget targetOf(const order::WorkOrder& order);

}  // namespace sealferry::operation
