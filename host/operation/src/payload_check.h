// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "operation/context.h"
#include "order_facts.h"

namespace sealferry::operation {

/// Would the key be good with this on it? The certificate can sign and has not expired; each seal is made by a maker
/// policy trusts, is valid now, and lists the certificate the key will hold. certificate_invalid, no_certificate,
/// seal_untrusted, seal_expired, seal_invalid (detail reason), seal_unfit.
Result<void> checkPayload(const Context& context, token::Session& session, const ReadPayload& payload);

/// Why the order does not cover the payload. A seal that was altered on its way is told as that: its owner would look
/// in vain for another key or another order.
tl::unexpected<Error> explained(const Context& context, const ReadPayload& payload, const Error& mismatch);

}  // namespace sealferry::operation
