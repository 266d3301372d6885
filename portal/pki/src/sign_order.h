// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "order_book.h"
#include "pki/store.h"

namespace sealferry::pki {

/// Checks what pki/order_signer.h lists, then signs. order_invalid with detail reason: order_not_ready, or order_unfit
/// with detail field (origin, operation, replaces, signCertificate, encryptionCertificate, seals, order).
Result<Bytes> signOrder(const StoredOrder& stored, const OrderKeys& keys, const std::string& origin, Time now);

}  // namespace sealferry::pki
