// SPDX-License-Identifier: Apache-2.0
#include "sign_receipt.h"

#include "sign.h"

namespace sealferry::operation {
namespace {

/// Nothing is believed that was not read back from the key.
Result<order::Receipt> receiptFor(const Context& context, const Call& call, const order::WorkOrder& order,
                                  const std::optional<order::Holding>& before, token::Session& session) {
  const auto after = holdingOf(session);
  if (!after) return passOn(after);
  order::Receipt receipt;
  receipt.number = order.number;
  receipt.nonce = order.nonce;
  receipt.origin = order.origin;
  receipt.operation = order.operation;
  receipt.keySerial = order.keySerial;
  receipt.before = before;
  receipt.after = *after;
  receipt.hostVersion = context.version;
  receipt.time = context.clock();
  if (!call.caller.commandLine) receipt.site = call.caller.origin;
  return receipt;
}

}  // namespace

Result<Bytes> signReceipt(const Context& context, const Call& call, const order::WorkOrder& order,
                          const std::optional<order::Holding>& before, token::Session& session) {
  call.listener.progress("receipt", 0, 1);
  const auto receipt = receiptFor(context, call, order, before, session);
  if (!receipt) return passOn(receipt);
  const auto signing = signingCertificate(session);
  if (!signing) return passOn(signing);
  if (!*signing) return fail(ErrorCode::no_certificate, "signReceipt");
  const auto draft = order::prepareReceipt(*receipt, (*signing)->certificate);
  if (!draft) return passOn(draft);
  const auto message = signWith(session, **signing, *draft);
  call.listener.progress("receipt", 1, 1);
  return message;
}

}  // namespace sealferry::operation
